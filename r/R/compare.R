#' Compare a scenario with variants of it
#'
#' Runs a scenario and variants of it as twins: run by run with the same chances. Differences are taken
#' pair by pair, and come with three uncertainties: how far more runs could move the mean, how the mean
#' moves over other parameters that fit the published case about as well, and how widely single pairs
#' spread.
#'
#' @inheritParams rpp_run
#' @param variants a named list, a list of changes for each variant:
#'   `list("a welcome" = list(intervention.welcome.from = 1))`. An element without a name is the path of
#'   a scenario file.
#' @param outcomes names of what to compare on, the first being the one that matters most; if not
#'   given, the scenario's usual ones. A wrong name is answered with all that there are.
#' @param runs how many pairs of runs; 1000 if not given.
#' @param precision instead of `runs`: run until the 95 % interval of the first outcome is this narrow
#'   on either side.
#' @param sets how many parameter sets that fit about as well to ask, too; 0 for none, and the
#'   program's own number if not given.
#' @param break_even whether to find how strong interventions must be to pay for themselves.
#' @param question the question in words, for the page.
#' @return An object of class `rpp_comparison`, see [rpp_result]: with `$comparison` (a row for each
#'   variant and outcome, which `summary()` gives), `$pairs` (the paired differences, run by run),
#'   `$answer` (words, by variant), and a page to mail ([rpp_page()]).
#' @examplesIf rppsim::rpp_available()
#' welcome <- rpp_compare(
#'   "cypress",
#'   variants = list("a welcome" = list(intervention.welcome.from = 1)),
#'   outcomes = c("months_lost", "role_share"),
#'   runs = 20, sets = 0)
#' welcome$comparison[c("variant", "outcome", "difference", "low", "high")]
#' welcome$answer
#' @export
rpp_compare <- function(scenario = "cypress", variants, outcomes = NULL, runs = NULL,
                        precision = NULL, seed = 1, set = list(), sets = NULL, break_even = FALSE,
                        question = NULL, out = NULL, force = FALSE,
                        progress = getOption("rppsim.progress", interactive())) {
  worlds <- variant_arguments(variants)
  asked <- c(
    "compare", scenario_name(scenario), worlds$files, option("variant", worlds$texts),
    option("outcome", outcomes), option("runs", runs), option("precision", precision),
    option("seed", seed), option("set", assignments(set)), option("sets", sets),
    if (break_even) "--break-even", option("question", question))
  in_folder(out, function(folder) {
    words <- ask(c(asked, "--out", folder, if (force) "--force"), progress)
    result <- new_result("rpp_comparison", without_files(words), folder, asked)
    result$page <- readLines(file.path(folder, "report.html"), encoding = "UTF-8", warn = FALSE)
    result$answer <- answers(result$page)
    result
  })
}

variant_arguments <- function(variants) {
  if (!is.list(variants)) variants <- as.list(variants)
  called <- names(variants)
  if (is.null(called)) called <- rep("", length(variants))
  files <- vapply(variants[called == ""], function(file) {
    if (!is.character(file) || length(file) != 1) {
      raise("bad_input", paste(
        "a variant needs a name: variants = list(\"a welcome\" = list(intervention.welcome.from = 1)).",
        "Only the path of a scenario file may stand without one."))
    }
    path.expand(file)
  }, "")
  texts <- mapply(function(name, changes) {
    paste0(name, ": ", paste(assignments(changes, sprintf("variants$`%s`", name)), collapse = "; "))
  }, called[called != ""], variants[called != ""])
  list(files = unname(files), texts = if (length(texts)) unname(texts))
}

# The answers on a page, in words, by variant.
answers <- function(page) {
  page <- paste(page, collapse = "\n")
  found <- gregexpr('(?s)<h3>([^<]*)</h3>\\s*<div class="answer">(.*?)</div>', page, perl = TRUE)[[1]]
  if (found[1] < 0) return(character())
  part <- function(nth) {
    start <- attr(found, "capture.start")[, nth]
    plain(substring(page, start, start + attr(found, "capture.length")[, nth] - 1))
  }
  structure(stats::setNames(part(2), part(1)), class = "rpp_answer")
}

#' @export
print.rpp_answer <- function(x, ...) {
  for (name in names(x)) writeLines(c(name, strwrap(x[[name]], indent = 2, exdent = 2), ""))
  invisible(x)
}

# HTML as text.
plain <- function(html) {
  text <- trimws(gsub("\\s+", " ", gsub("<[^>]*>", " ", html)))
  for (mark in list(c("&lt;", "<"), c("&gt;", ">"), c("&quot;", "\""), c("&#39;", "'"), c("&amp;", "&"))) {
    text <- gsub(mark[1], mark[2], text, fixed = TRUE)
  }
  text
}

#' @export
summary.rpp_comparison <- function(object, ...) object$comparison

#' @export
as.data.frame.rpp_comparison <- function(x, ...) x$pairs
