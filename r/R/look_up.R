#' What there is: cases, numbers, commands
#'
#' `rpp_cases()` lists the built-in cases, or gives the text of one, as a file to start from.
#' `rpp_params()` lists every number of the model with its range, default, unit, meaning and source,
#' or what partners may add to a partnership. `rpp_check()` says what is wrong with a scenario, all of
#' it at once. `rpp_commands()` lists the commands of the program that was found.
#'
#' @inheritParams rpp_run
#' @param case the name of a case.
#' @param interventions whether to list what partners may add (a welcome, a coordinator, ...), what it
#'   takes and what it is assumed to give.
#' @return `rpp_cases()` and `rpp_params()`: data frames; `rpp_cases(case)`: the lines of a file, which
#'   print as such. `rpp_check()`: a list of what the scenario holds, invisibly; if something is wrong
#'   with it, an error of class `rppsim_bad_input` that names every problem with its line.
#'   `rpp_commands()`: a character vector.
#' @examplesIf rppsim::rpp_available()
#' rpp_cases()
#' mine <- tempfile(fileext = ".toml")
#' writeLines(rpp_cases("quiet"), mine)
#' rpp_check(mine)
#' subset(rpp_params(), provenance == "estimated", c(key, low, high, default))
#' @export
rpp_cases <- function(case = NULL) {
  if (is.null(case)) {
    return(as_frame(jsonlite::fromJSON(ask(c("cases", "--json")))[c("name", "title", "design", "summary")]))
  }
  structure(ask(c("cases", scenario_name(case))), class = "rpp_lines")
}

#' @export
print.rpp_lines <- function(x, ...) {
  writeLines(x)
  invisible(x)
}

#' @rdname rpp_cases
#' @export
rpp_params <- function(interventions = FALSE) {
  if (interventions) return(as_frame(jsonlite::fromJSON(ask(c("params", "--interventions", "--json")))))
  table <- paste(ask(c("params", "--format", "csv")), collapse = "\n")
  read_table(table, c(key = "key", unit = "words", meaning = "words", source = "words"))
}

#' @rdname rpp_cases
#' @export
rpp_check <- function(scenario = "cypress", set = list()) {
  asked <- c("check", scenario_name(scenario), option("set", assignments(set)))
  writeLines(ask(asked))
  invisible(jsonlite::fromJSON(ask(c(asked, "--json"))))
}

#' @rdname rpp_cases
#' @export
rpp_commands <- function() {
  said <- ask("--help")
  listed <- grepl("^  [a-z]", said) & cumsum(said == "Commands:") == 1 & cumsum(said == "Options:") == 0
  setdiff(sub("^  ([a-z-]+).*", "\\1", said[listed]), "help")
}
