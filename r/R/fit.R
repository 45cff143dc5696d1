#' Fit the numbers of a scenario to a record
#'
#' Finds which values of a scenario's numbers make its patterns likely, and how much the record says
#' about each. A scenario says in `[prior]` which numbers may move, and in `[pattern]` what was observed.
#'
#' @inheritParams rpp_run
#' @param budget how many runs may be spent in all; the program's own number if not given. It says how
#'   few are too few.
#' @param out a folder for all that the program writes, with a scenario that draws from what is known;
#'   it must not be there yet. Without it the tables are read, and the files removed.
#' @return An object of class `rpp_fit`, see [rpp_result]: `$posterior` has draws of the numbers from what
#'   is known after the fit, all equally likely; `$numbers`, which `summary()` gives, what is known
#'   about each; `$foretold` what the fit foretells of each pattern; `$joint` how far the record lies
#'   among runs, all patterns together.
#' @examplesIf rppsim::rpp_available() && "fit" %in% rppsim::rpp_commands()
#' \donttest{
#' fit <- rpp_fit("cypress", budget = 5000)
#' summary(fit)
#' }
#' @export
rpp_fit <- function(scenario = "cypress", budget = NULL, seed = 1, set = list(), threads = NULL,
                    out = NULL, progress = getOption("rppsim.progress", interactive())) {
  if (!"fit" %in% rpp_commands()) {
    raise("no_program", paste0(
      "The program rppsim has no command `fit`: ", rpp_program(), "\n",
      "To build a later one, in a clone of rppsim: git pull && cargo build --release"))
  }
  asked <- c("fit", scenario_name(scenario), option("budget", budget), option("seed", seed),
             option("set", assignments(set)))
  in_folder(out, function(folder) {
    words <- ask(c(asked, option("threads", threads), "--out", folder), progress)
    results <- file.path(folder, "results")
    if (!dir.exists(results)) results <- folder
    new_result("rpp_fit", without_files(words), results, asked)
  })
}

#' @export
summary.rpp_fit <- function(object, ...) object$numbers

#' @export
as.data.frame.rpp_fit <- function(x, ...) x$posterior
