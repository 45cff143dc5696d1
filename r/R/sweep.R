#' Many parameter values, many runs of each
#'
#' `rpp_sweep()` runs a plan: rows of parameter values, and so many runs of each row. `rpp_plan()` writes
#' a plan; one that is in a file already goes to `rpp_sweep()` by its path.
#'
#' @inheritParams rpp_run
#' @param factors what is varied, by key: values (`c(0, 0.1, 0.2)`), or a range
#'   (`list(range = c(0.5, 2))`, with `steps = 3` where a design needs levels), or a distribution
#'   (`list(law = list(triangular = c(0, 0.2, 0.5)))`). A data frame instead has a column for each factor
#'   and a row for each row of the design; then `design` is `"rows"`.
#' @param outcomes what is measured in each run. A wrong name is answered with all that there are.
#' @param design `"factorial"`, `"one-at-a-time"`, `"latin"`, `"sobol"`, `"morris"`, `"saltelli"` or
#'   `"rows"`.
#' @param ... more keys of the design, such as `points = 64`, `base = 128`, `trajectories = 20`.
#' @param replicates runs of each row. Replicate k of every row is run k of the seed, so that rows
#'   differ only by consequences.
#' @param keep `"runs"` for a table of all runs, `"meetings"` for the role share by meeting, both, or
#'   `NULL`.
#' @param title a title for tables and pictures.
#' @param plan a plan from `rpp_plan()`, or the path of a file with one.
#' @param resume whether to go on with what the folder lacks; an interrupted sweep keeps what was done.
#' @return `rpp_plan()`: a plan, which prints as the file that it is. `rpp_sweep()`: an object of class
#'   `rpp_sweep`, see [rpp_result]: `$design` (a row for each row), `$rows` (a row for each outcome of a
#'   row), `$runs` and `$fans` if kept, `$failures`. `summary()` gives `$rows` with the values of the
#'   factors beside them, and `as.data.frame()` `$runs` likewise.
#' @examplesIf rppsim::rpp_available()
#' plan <- rpp_plan(
#'   "churn",
#'   factors = list(turnover.director = c(0, 0.15, 0.3), learning.talk = c(0.5, 2)),
#'   outcomes = c("role_share", "work"),
#'   replicates = 3,
#'   set = list(calendar.months = 24))
#' plan
#' sweep <- rpp_sweep(plan)
#' summary(sweep)
#' @export
rpp_sweep <- function(plan, threads = NULL, out = NULL, resume = FALSE,
                      progress = getOption("rppsim.progress", interactive())) {
  # The folder stays as long as the result is used: a sensitivity analysis reads it.
  mine <- tempfile("rppsim-")
  dir.create(mine)
  kept <- FALSE
  on.exit(if (!kept) unlink(mine, recursive = TRUE))
  named <- is.character(plan) && !inherits(plan, "rpp_plan")
  file <- if (named) path.expand(plan) else write_plan(plan, mine)
  folder <- if (is.null(out)) file.path(mine, "sweep") else path.expand(out)
  ask(c("sweep", file, option("threads", threads), "--out", folder, if (resume) "--resume"), progress)
  shown <- if (named) file else "plan.toml"
  result <- new_result("rpp_sweep", character(), file.path(folder, "results"), c("sweep", shown))
  result$plan <- readLines(file.path(folder, "results", "plan.toml"), encoding = "UTF-8", warn = FALSE)
  result$folder <- normalizePath(folder)
  result$words <- result$answer <- sprintf(
    "%d rows of a design, %d outcomes: %s", nrow(result$design), length(unique(result$rows$outcome)),
    paste(unique(result$rows$outcome), collapse = ", "))
  kept <- TRUE
  reg.finalizer(result, function(gone) unlink(mine, recursive = TRUE), onexit = TRUE)
  result
}

#' @rdname rpp_sweep
#' @export
rpp_plan <- function(scenario, factors, outcomes,
                     design = if (is.data.frame(factors)) "rows" else "factorial", ...,
                     replicates = 20, seed = 1, set = list(), keep = "runs", title = NULL) {
  force(design)
  scenario <- scenario_name(scenario)
  if (file.exists(scenario)) scenario <- normalizePath(scenario)
  rows <- NULL
  if (is.data.frame(factors)) {
    rows <- rows_file(factors)
    factors <- stats::setNames(rep(list(list()), length(factors)), names(factors))
    more <- list(file = "rows.csv")
  } else {
    more <- list(...)
  }
  list_of <- function(values) sprintf("[%s]", paste(vapply(values, quoted, ""), collapse = ", "))
  table_of <- function(values, where) {
    sprintf("%s = %s", bare(names(values), where), mapply(toml, values, paste0(where, "$", names(values))))
  }
  lines <- c(
    "schema = 1",
    if (!is.null(title)) paste("title =", quoted(title)),
    paste("scenario =", quoted(scenario)),
    if (length(set)) paste("set =", list_of(assignments(set))),
    paste("replicates =", digits(replicates, "replicates")),
    paste("seed =", digits(seed, "seed")),
    paste("outcomes =", list_of(outcomes)),
    if (length(keep)) paste("keep =", list_of(keep)))
  for (key in names(factors)) {
    values <- factors[[key]]
    if (!is.list(values)) values <- list(levels = as.list(values))
    lines <- c(lines, "", sprintf("[factor.%s]", quoted(key)), table_of(values, paste0("factors$", key)))
  }
  lines <- c(lines, "", "[design]", paste("kind =", quoted(design)), table_of(more, "design"))
  structure(lines, class = "rpp_plan", rows = rows)
}

# The file of a design that R made: every digit of every number.
rows_file <- function(frame) {
  wrong <- !vapply(frame, is.numeric, NA)
  if (any(wrong)) {
    raise("bad_input", paste0(
      "columns of `factors` must be numbers; these are not: ", paste(names(frame)[wrong], collapse = ", ")))
  }
  cells <- vapply(frame, function(column) vapply(column, digits, "", where = "a value of `factors`"),
                  character(nrow(frame)))
  cells <- matrix(cells, nrow = nrow(frame))
  c(paste(names(frame), collapse = ","), apply(cells, 1, paste, collapse = ","))
}

write_plan <- function(plan, folder) {
  if (!inherits(plan, "rpp_plan")) {
    raise("bad_input", "`plan` must be the path of a plan, or a plan made by rpp_plan()")
  }
  file <- file.path(folder, "plan.toml")
  writeLines(enc2utf8(plan), file, useBytes = TRUE)
  rows <- attr(plan, "rows")
  if (!is.null(rows)) writeLines(rows, file.path(folder, "rows.csv"))
  file
}

#' @export
print.rpp_plan <- function(x, ...) {
  writeLines(x)
  rows <- attr(x, "rows")
  if (!is.null(rows)) writeLines(sprintf("# rows.csv: %d rows", length(rows) - 1))
  invisible(x)
}

# A table of a sweep with the values of the factors of its rows beside them.
with_factors <- function(sweep, table) {
  design <- sweep$design
  at <- match(table$row, design$row)
  factors <- design[at, setdiff(names(design), c("row", "place")), drop = FALSE]
  as_frame(cbind(table["row"], factors, table[names(table) != "row"]))
}

#' @export
summary.rpp_sweep <- function(object, ...) with_factors(object, object$rows)

#' @export
as.data.frame.rpp_sweep <- function(x, ...) {
  with_factors(x, if ("runs" %in% names(x)) x$runs else x$rows)
}

#' What the outcomes of a sweep depend on
#'
#' Screening (a Morris design), shares of variance (a Saltelli design), or regression and curves (other
#' designs), each with intervals, and with a warning where luck drowns the factors.
#'
#' @inheritParams rpp_run
#' @param sweep a result of [rpp_sweep()], or the folder of a complete sweep.
#' @param outcomes outcomes of the sweep; all if not given.
#' @return An object of class `rpp_sensitivity`, see [rpp_result]: `$sensitivity` has a row for each
#'   figure of an outcome and a factor.
#' @examplesIf rppsim::rpp_available()
#' plan <- rpp_plan(
#'   "churn",
#'   factors = list(turnover.director = list(range = c(0, 0.3)), learning.talk = list(range = c(0.5, 2))),
#'   outcomes = "role_share", design = "saltelli", base = 8,
#'   replicates = 2, set = list(calendar.months = 24))
#' rpp_sensitivity(rpp_sweep(plan))
#' @export
rpp_sensitivity <- function(sweep, outcomes = NULL, out = NULL, force = FALSE,
                            progress = getOption("rppsim.progress", interactive())) {
  from <- if (inherits(sweep, "rpp_sweep")) sweep$folder else path.expand(sweep)
  asked <- c("sensitivity", from, option("outcome", outcomes))
  in_folder(out, function(folder) {
    words <- ask(c(asked, "--out", folder, if (force) "--force"), progress)
    # The last line names the folder.
    new_result("rpp_sensitivity", without_files(words[!startsWith(words, folder)]), folder, asked)
  })
}

#' @export
as.data.frame.rpp_sensitivity <- function(x, ...) x$sensitivity
