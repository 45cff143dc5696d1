# What needs the program is skipped, in words, where the program is not.
skip_without_program <- function() {
  skip_if_not(rpp_available(), "the program rppsim is not here (set RPPSIM to its path)")
}

skip_without <- function(...) for (package in c(...)) skip_if_not_installed(package)

# A number from its digits in another way than the package's: the digits as a whole number and a power of
# ten, both exact up to 15 digits, so that their quotient is rounded once.
exact <- function(text) {
  point <- regexpr(".", text, fixed = TRUE)
  places <- ifelse(point > 0, nchar(text) - point, 0)
  as.numeric(sub(".", "", text, fixed = TRUE)) / 10^places
}

cells <- function(file) {
  utils::read.csv(file, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")
}

# A program that is not the one: a script.
other_program <- function(..., name = tempfile("program-")) {
  skip_on_os("windows")
  writeLines(c("#!/bin/sh", ...), name)
  Sys.chmod(name, "755")
  name
}

# All that the package may leave behind in this session.
left_over <- function() list.files(tempdir(), "^rppsim-")

withr_program <- function(path, code) {
  before <- options(rppsim.program = path)
  on.exit(options(before))
  force(code)
}
