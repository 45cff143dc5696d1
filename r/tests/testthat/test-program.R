test_that("a missing program is told with the ways to get one", {
  withr_program("/nowhere/rppsim", {
    expect_error(rpp_program(), "option rppsim.program, which names /nowhere/rppsim", class = "rppsim_no_program")
    expect_error(rpp_run(), "cargo build --release", class = "rppsim_no_program")
    expect_false(rpp_available())
  })
})

test_that("something else, or too old a program, is refused", {
  other <- other_program("echo a calculator 3.1")
  old <- other_program("echo rppsim 0.0.9")
  on.exit(unlink(c(other, old)))
  withr_program(other, expect_error(rpp_program(), "is not the program rppsim", class = "rppsim_no_program"))
  withr_program(old, expect_error(rpp_program(), "needs 0.1.0 or later", class = "rppsim_no_program"))
})

test_that("the option goes before the environment, and a clone's program is found from within it", {
  one <- other_program("echo rppsim 0.1.1")
  clone <- tempfile("clone-")
  dir.create(file.path(clone, "target", "release"), recursive = TRUE)
  dir.create(file.path(clone, "docs"))
  writeLines("name = \"rppsim\"", file.path(clone, "Cargo.toml"))
  two <- other_program("echo rppsim 0.1.2", name = file.path(clone, "target", "release", "rppsim"))
  before <- Sys.getenv(c("RPPSIM", "PATH"), names = TRUE)
  here <- setwd(file.path(clone, "docs"))
  on.exit({
    do.call(Sys.setenv, as.list(before))
    setwd(here)
    unlink(c(one, clone), recursive = TRUE)
  })
  Sys.setenv(RPPSIM = one)
  expect_identical(attr(rpp_program(), "version"), "0.1.1")
  withr_program(two, expect_identical(attr(rpp_program(), "version"), "0.1.2"))
  Sys.setenv(RPPSIM = "", PATH = "")
  withr_program(NULL, expect_identical(attr(rpp_program(), "version"), "0.1.2"))
})

test_that("errors of the program are conditions with its message", {
  skip_without_program()
  told <- tryCatch(rpp_run("cypress", set = list(agenda.treshold = 0.7)), error = identity)
  expect_s3_class(told, "rppsim_bad_input")
  expect_s3_class(told, "rppsim_error")
  expect_identical(told$status, 2L)
  expect_match(conditionMessage(told), "did you mean `threshold`?", fixed = TRUE)
  expect_error(rpp_run("cypres"), "cypress", class = "rppsim_bad_input")
  expect_error(rpp_run(7), "built-in case", class = "rppsim_bad_input")
  expect_error(rpp_compare("cypress", list("a", 3)), "needs a name", class = "rppsim_bad_input")
})

test_that("an interrupt ends the program and comes back to R", {
  skip_without_program()
  skip_on_os("windows")
  folder <- tempfile("interrupted-")
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE))
  # Tells its process number, and becomes the program.
  wrapper <- other_program(sprintf(
    "case $1 in --version) ;; *) echo $$ > '%s/pid';; esac\nexec '%s' \"$@\"", folder, rpp_program()))
  on.exit(unlink(wrapper), add = TRUE)
  script <- file.path(folder, "script.R")
  writeLines(c(
    sprintf("options(rppsim.program = '%s')", wrapper),
    sprintf("told <- tryCatch(rppsim::rpp_run(runs = 1e7, out = '%s/out'), interrupt = function(e) 'interrupted')", folder),
    "cat(told)"), script)
  session <- processx::process$new(
    file.path(R.home("bin"), "Rscript"), script, stdout = "|", stderr = NULL,
    env = c("current", R_LIBS = paste(.libPaths(), collapse = .Platform$path.sep)))
  wait_for <- function(there, seconds = 60) {
    until <- Sys.time() + seconds
    while (!there() && Sys.time() < until) Sys.sleep(0.1)
    there()
  }
  expect_true(wait_for(function() file.exists(file.path(folder, "pid"))))
  Sys.sleep(0.5)
  pid <- as.integer(readLines(file.path(folder, "pid")))
  expect_true(tools::pskill(pid, 0))
  session$interrupt()
  session$wait(60000)
  expect_identical(session$read_all_output(), "interrupted")
  expect_true(wait_for(function() !tools::pskill(pid, 0)))
  expect_identical(list.files(folder, all.files = TRUE, no.. = TRUE, pattern = "out"), character())
})
