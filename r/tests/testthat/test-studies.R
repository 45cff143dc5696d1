test_that("a world differs in nothing from itself, and pairs have the mean of the table", {
  skip_without_program()
  study <- rpp_compare(
    "cypress",
    list("the same" = list(agenda.voice = 1), "a; \"welcome\"" = list(intervention.welcome.from = 1)),
    outcomes = c("role_share", "work"), runs = 20, sets = 0)
  same <- study$pairs[study$pairs$variant == "the same", ]
  expect_true(all(same$difference == 0))
  for (row in seq_len(nrow(study$comparison))) {
    one <- study$comparison[row, ]
    pairs <- study$pairs[study$pairs$variant == one$variant & study$pairs$outcome == one$outcome, ]
    expect_lt(abs(mean(pairs$difference) - one$difference), 2e-6) # both are written to six places
  }
  expect_identical(names(study$answer), c("the same", "a; \"welcome\""))
  expect_output(print(study$answer), "a; \"welcome\"", fixed = TRUE)
  expect_identical(summary(study), study$comparison)
  page <- tempfile(fileext = ".html")
  on.exit(unlink(page))
  expect_identical(rpp_page(study, page, open = FALSE), page)
  expect_match(readLines(page, n = 1, encoding = "UTF-8"), "<!DOCTYPE html>", fixed = TRUE)
})

test_that("scenario files are variants, too", {
  skip_without_program()
  mine <- file.path(tempdir(), "longer.toml")
  on.exit(unlink(mine))
  writeLines(c("extends = \"cypress\"", "agenda.newness = 0.2"), mine)
  study <- rpp_compare("cypress", list(mine), outcomes = "role_share", runs = 5, sets = 0)
  expect_identical(unique(study$comparison$variant), "longer")
})

test_that("a row of a sweep is the run with its values", {
  skip_without_program()
  design <- data.frame(learning.talk = c(1 / 3, 2 / 3), turnover.director = c(0, 0.1))
  sweep <- rpp_sweep(rpp_plan("churn", design, "role_share", replicates = 2, set = list(calendar.months = 12)))
  expect_identical(sweep$design$learning.talk, design$learning.talk)
  runs <- as.data.frame(sweep)
  for (row in 1:2) {
    alone <- rpp_run("churn", runs = 2, months = 12, set = as.list(design[row, ]))
    expect_identical(runs$role_share[runs$row == row], alone$runs$role_share[alone$runs$world == "variant"])
  }
  expect_identical(summary(sweep)$mean, sweep$rows$mean)
  expect_output(print(rpp_plan("churn", list(learning.talk = list(range = c(0, 1), steps = 3)), "work")), "steps = 3")
  expect_error(rpp_plan("churn", data.frame(learning.talk = "a"), "work"), "must be numbers", class = "rppsim_bad_input")
  expect_error(rpp_sweep(3), "rpp_plan", class = "rppsim_bad_input")
})

test_that("a sweep is analysed from its result and from its folder, and its files go with it", {
  skip_without_program()
  gc()
  before <- left_over()
  plan <- rpp_plan(
    "churn", list(turnover.director = list(range = c(0, 0.3)), learning.talk = list(range = c(0.5, 2))),
    "role_share", design = "saltelli", base = 8, replicates = 2, set = list(calendar.months = 12))
  sweep <- rpp_sweep(plan)
  sensitivity <- rpp_sensitivity(sweep)
  expect_identical(rpp_sensitivity(sweep$folder)$sensitivity, sensitivity$sensitivity)
  found <- sensitivity$sensitivity
  expect_setequal(found$factor[!is.na(found$factor)], c("turnover.director", "learning.talk"))
  expect_true(all(found$low <= found$high, na.rm = TRUE))
  rm(sweep)
  gc()
  expect_identical(left_over(), before)
})

test_that("a fit gives draws of the numbers, within what was sought", {
  skip_without_program()
  skip_if_not("fit" %in% rpp_commands(), "this program rppsim has no command `fit` yet")
  fit <- rpp_fit("cypress", budget = 5000, seed = 2)
  sought <- fit$numbers[match(fit$posterior$key, fit$numbers$key), ]
  expect_true(all(fit$posterior$value >= sought$low & fit$posterior$value <= sought$high))
  expect_identical(summary(fit), fit$numbers)
  skip_without("ggplot2")
  expect_silent(ggplot2::ggplot_build(ggplot2::autoplot(fit)))
})

test_that("a program without `fit` says so", {
  none <- other_program("case $1 in --version) echo rppsim 0.1.0;; *) printf 'Commands:\\n  run  Run\\n\\nOptions:\\n  x\\n';; esac")
  on.exit(unlink(none))
  withr_program(none, expect_error(rpp_fit(), "has no command `fit`", class = "rppsim_no_program"))
})
