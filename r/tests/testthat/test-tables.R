test_that("numbers are rounded once, as the program's are", {
  set.seed(1)
  texts <- sub("0+$", "", sprintf("%.6f", runif(2e4, -100, 100)))
  expect_identical(numbers(texts), exact(texts))
  expect_identical(numbers(c(NA, "1e-3", NA)), c(NA, 0.001, NA))
})

test_that("columns have types that do not hang on the runs", {
  text <- "run,who,none,noted,code\n1,2,,,a\n2,3,,,7\n"
  table <- read_table(text, c(run = "number", who = "organization", none = "month", noted = "name"))
  expect_identical(table$run, c(1, 2))
  expect_identical(table$who, c("2", "3"))
  expect_identical(table$none, c(NA_real_, NA_real_))
  expect_identical(table$noted, c(NA_character_, NA_character_))
  expect_identical(table$code, c("a", "7"))
})

test_that("every number is that of the program's file, in every bit", {
  skip_without_program()
  out <- tempfile("kept-")
  on.exit(unlink(out, recursive = TRUE))
  run <- rpp_run("cypress", runs = 60, seed = 7, out = out)
  # The same numbers without this package.
  again <- tempfile("again-")
  on.exit(unlink(again, recursive = TRUE), add = TRUE)
  processx::run(rpp_program(), c("run", "cypress", "--runs", "60", "--seed", "7", "--out", again))
  for (name in c("runs", "months", "meetings", "quantiles", "effects", "differences")) {
    file <- paste0(name, ".csv")
    expect_identical(readLines(file.path(out, file)), readLines(file.path(again, file)))
    written <- cells(file.path(again, file))
    read <- run[[name]]
    expect_identical(names(read), names(written))
    expect_gt(nrow(read), 0)
    for (column in names(written)) {
      if (is.character(read[[column]])) {
        expect_identical(read[[column]], written[[column]])
      } else {
        expect_identical(read[[column]], exact(written[[column]]), label = paste(name, column))
      }
    }
  }
})

test_that("all tables that the program writes are there, with their dictionary", {
  skip_without_program()
  out <- tempfile("kept-")
  on.exit(unlink(out, recursive = TRUE))
  run <- rpp_run("cypress", runs = 2, out = out)
  tables <- sub("[.]csv$", "", list.files(out, "[.]csv$"))
  expect_true(all(tables %in% names(run)))
  for (name in setdiff(tables, "dictionary")) {
    expect_s3_class(run[[name]], if (requireNamespace("tibble", quietly = TRUE)) "tbl_df" else "data.frame")
    about <- run$dictionary[run$dictionary$file == paste0(name, ".csv"), ]
    expect_setequal(about$column, names(run[[name]]))
  }
})
