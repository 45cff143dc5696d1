#' Run a scenario
#'
#' Runs a scenario many times and, beside each run, the same run without the scheduled shocks: its
#' twin. Both have the same chances, so that they differ only by consequences.
#'
#' @param scenario a built-in case (see [rpp_cases()]), or the path of a scenario file.
#' @param runs how many runs; 1000 if not given. A world of many partnerships (`"nation"`) is run once.
#' @param seed the seed of all randomness, a whole number. The same seed gives the same numbers on
#'   every machine; R's own `set.seed()` plays no part.
#' @param set changes to the scenario, by key: `list(agenda.newness = 0)`; see [rpp_toml()] for values
#'   and [rpp_params()] for keys. A key that is no name in R stands in backticks.
#' @param months months to simulate, instead of the scenario's own.
#' @param first number of the first run; run 500 alone is run 500 of a thousand.
#' @param keep `"runs"` keeps the rows of every run, `"quantiles"` only quantiles over them.
#' @param threads threads to use, all if not given; results do not depend on it.
#' @param out a folder for all that the program writes, pictures included; it must not be there yet.
#'   Without it the files are read and removed.
#' @param force whether to replace the files of results that are in the folder already.
#' @param progress whether to show how far it is. Interrupting R (Ctrl-C, or Stop in RStudio) ends the
#'   program either way.
#' @return An object of class `rpp_run`, see [rpp_result]: with `$runs`, `$months`, `$meetings`,
#'   `$episodes`, `$interviews`, `$patterns` and others; `$effects` and `$differences` say what the
#'   scheduled shocks did. `summary()` gives `$effects`, or `$practices` where there are no shocks.
#'   A world of many partnerships (`"nation"`) has `$nation_months` and `$nation_effects`.
#' @examplesIf rppsim::rpp_available()
#' run <- rpp_run("cypress", runs = 20)
#' run$runs
#'
#' # A newcomer whom nobody has to get to know, from the same seed:
#' known <- rpp_run("cypress", runs = 20, set = list(agenda.newness = 0))
#' mean(known$runs$role_share[known$runs$world == "variant"])
#' @export
rpp_run <- function(scenario = "cypress", runs = NULL, seed = 1, set = list(), months = NULL,
                    first = NULL, keep = c("runs", "quantiles"), threads = NULL, out = NULL,
                    force = FALSE, progress = getOption("rppsim.progress", interactive())) {
  asked <- c(
    "run", scenario_name(scenario), option("runs", runs), option("seed", seed),
    option("set", assignments(set)), option("months", months), option("first", first),
    option("keep", if (match.arg(keep) == "quantiles") "quantiles"))
  in_folder(out, function(folder) {
    words <- ask(
      c(asked, option("threads", threads), "--out", folder, if (force) "--force"), progress)
    new_result("rpp_run", without_files(words), folder, asked)
  })
}

#' @export
summary.rpp_run <- function(object, ...) {
  tables <- intersect(c("effects", "nation_effects", "practices"), names(object))
  object[[tables[1]]]
}

#' @export
as.data.frame.rpp_run <- function(x, ...) {
  tables <- intersect(c("runs", "nation_months", "quantiles"), names(x))
  x[[tables[1]]]
}
