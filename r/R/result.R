# What a command leaves: its words, its tables, and what it was asked.

#' Results
#'
#' [rpp_run()], [rpp_compare()], [rpp_sweep()], [rpp_sensitivity()] and [rpp_fit()] give an object that
#' holds all that the program said and wrote:
#'
#' - a data frame for each table, such as `$runs`, `$months`, `$meetings` (tibbles, if the package
#'   tibble is there). They are read when they are first asked for;
#' - `$dictionary`: what each column of each table means, and its unit;
#' - `$answer`: the answer in words; of a comparison one for each variant, by name;
#' - `$words`: all that the program printed;
#' - `$manifest`: version, seed, scenario, the source of each number, and a digest of every file;
#' - `$scenario`, where there is one: the scenario as resolved, as a file;
#' - `$command`: the command that gives the same numbers in a terminal.
#'
#' `names(x)` lists them. A number in a table is the number in the program's file to the last bit, and
#' the same call gives the same numbers on every machine.
#'
#' `print()` shows what the program says, `summary()` the table that answers, `as.data.frame()` the
#' largest table of single runs, and [autoplot][autoplot.rpp_result] a picture. `rpp_page()` opens the
#' page that the program writes for a comparison; it can be mailed, and needs no network.
#'
#' @param x,object a result.
#' @param ... not used.
#' @param file where to write the page; a temporary file if not given.
#' @param open whether to open the page in a browser.
#' @return `summary()` and `as.data.frame()`: a data frame. `rpp_page()`: the path of the page,
#'   invisibly.
#' @name rpp_result
#' @aliases rpp_result
#' @examplesIf rppsim::rpp_available()
#' run <- rpp_run("cypress", runs = 20)
#' names(run)
#' run$runs
#' summary(run)
NULL

# `folder` holds the results; `asked` are the arguments without those that say where.
new_result <- function(class, words, folder, asked) {
  result <- new.env(parent = emptyenv())
  add_tables(result, folder)
  result$words <- words
  result$answer <- paste(words, collapse = "\n")
  result$command <- paste(c("rppsim", vapply(asked, shell, "")), collapse = " ")
  result$manifest <- jsonlite::fromJSON(
    read_text(file.path(folder, "manifest.json")), simplifyDataFrame = TRUE, simplifyMatrix = FALSE)
  scenario <- file.path(folder, "scenario.toml")
  if (file.exists(scenario)) result$scenario <- readLines(scenario, encoding = "UTF-8", warn = FALSE)
  structure(result, class = c(class, "rpp_result"))
}

# An argument as it is written in a terminal.
shell <- function(argument) {
  if (grepl("^[A-Za-z0-9_./=,:+-]+$", argument)) argument else shQuote(argument, "sh")
}

# Makes a folder for results, lets `use` fill and read it, and removes it if nobody named it.
in_folder <- function(out, use) {
  if (!is.null(out)) return(use(path.expand(out)))
  above <- tempfile("rppsim-")
  dir.create(above)
  on.exit(unlink(above, recursive = TRUE))
  use(file.path(above, "results"))
}

# A scenario is a built-in case or a file.
scenario_name <- function(scenario) {
  if (!is.character(scenario) || length(scenario) != 1 || is.na(scenario)) {
    raise("bad_input", "`scenario` must be the name of a built-in case (see rpp_cases()) or the path of a file")
  }
  path.expand(scenario)
}

# Without what tells where the files are and how long they took: of folders that may be gone.
without_files <- function(words) {
  at <- grep("^([0-9]+ files in |results: )", words)
  if (length(at)) words <- words[seq_len(at[1] - 1)]
  words[seq_len(max(which(nzchar(words)), 0))]
}

is_table <- function(x) vapply(names(x), function(name) is.data.frame(x[[name]]), NA)

#' @export
`$.rpp_result` <- function(x, name) {
  if (!exists(name, envir = x, inherits = FALSE)) {
    raise("bad_input", sprintf(
      "there is no `%s` in this result.\n  allowed: %s", name, paste(names(x), collapse = ", ")))
  }
  get(name, envir = x, inherits = FALSE)
}

#' @export
`[[.rpp_result` <- function(x, i, ...) do.call(`$`, list(x, i))

#' @export
names.rpp_result <- function(x) ls(x)

#' @rdname rpp_result
#' @export
print.rpp_result <- function(x, ...) {
  writeLines(x$words)
  parts <- paste0("$", names(x), collapse = ", ")
  writeLines(strwrap(paste0("Parts of this result: ", parts), exdent = 2, prefix = "", initial = "\n"))
  invisible(x)
}

#' @rdname rpp_result
#' @export
summary.rpp_result <- function(object, ...) as.data.frame(object)

#' @rdname rpp_result
#' @export
rpp_page <- function(x, file = tempfile("rppsim-", fileext = ".html"), open = interactive()) {
  writeLines(x$page, file, useBytes = TRUE)
  if (open) utils::browseURL(file)
  invisible(file)
}
