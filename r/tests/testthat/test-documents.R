# Every R block of the README and of the vignettes is run, in the order in which it is read.

blocks <- function(file) {
  lines <- readLines(file, encoding = "UTF-8")
  opens <- grepl("^```(r$|\\{r)", lines)
  closes <- grepl("^```$", lines)
  found <- list()
  for (start in which(opens)) {
    end <- start + which(closes[-seq_len(start)])[1]
    found[[length(found) + 1]] <- list(
      head = lines[start], code = lines[seq_len(end - start - 1) + start])
  }
  found
}

document <- function(name) {
  # In the sources; in a check; with an installed package.
  places <- c(
    test_path("..", "..", name), test_path("..", "..", "00_pkg_src", "rppsim", name),
    file.path(system.file("doc", package = "rppsim"), basename(name)))
  found <- places[file.exists(places)]
  skip_if_not(length(found) > 0, paste(name, "is not here"))
  found[1]
}

run_blocks <- function(name) {
  skip_without_program()
  skip_without("ggplot2", "tibble", "knitr")
  found <- blocks(document(name))
  expect_gt(length(found), 3)
  room <- new.env(parent = globalenv())
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  for (block in found) {
    code <- paste(block$code, collapse = "\n")
    fails <- grepl("error = TRUE", block$head, fixed = TRUE)
    utils::capture.output(
      told <- tryCatch(suppressMessages(source(
        textConnection(block$code, encoding = "UTF-8"), local = room, print.eval = TRUE, encoding = "UTF-8")),
        error = identity))
    expect_identical(inherits(told, "error"), fails, info = paste(name, code, sep = "\n"))
  }
  room
}

test_that("the README runs", {
  room <- run_blocks("README.md")
  expect_s3_class(room$run$runs, "tbl_df")
  expect_equal(nrow(room$run$runs), 200)
})

test_that("the first steps run", {
  room <- run_blocks("vignettes/first-steps.Rmd")
  expect_identical(room$ours$design$turnover.director, room$points$turnover.director)
})

test_that("the walk-through ends in a PDF of the size that was asked for", {
  room <- run_blocks("vignettes/figure-for-a-paper.Rmd")
  expect_true(file.exists(room$file))
  pdf <- readBin(room$file, "raw", file.size(room$file))
  expect_identical(rawToChar(pdf[1:5]), "%PDF-")
  expect_gt(length(pdf), 5000)
  text <- rawToChar(pdf[pdf != 0])
  box <- regmatches(text, regexpr("/MediaBox *\\[[^]]*\\]", text, useBytes = TRUE))
  size <- as.numeric(regmatches(box, gregexpr("[0-9.]+", box))[[1]])[3:4]
  expect_equal(size, c(3.5, 4.2) * 72, tolerance = 0.01)
  unlink(room$file)
})
