# Pictures of results, made with ggplot2, so that everything about them can be changed.

#' Pictures of results
#'
#' `autoplot()` of ggplot2 for the results of this package, in the look of the program's own pictures.
#' What comes back is a ggplot: add titles, themes and scales, and save it with
#' [ggplot2::ggsave()]. `plot()` draws the same.
#'
#' - A run: `what` by meeting or month, with the shocks and without. Pale bands hold nine single runs
#'   in ten, dark bands the middle half, and the line is the median; circles are means.
#' - A comparison: the mean difference of each variant (diamond), how far more runs could move it (bar),
#'   how it moves over parameter sets that fit about as well (line with ticks), and where nine of
#'   ten single pairs lie (pale line).
#' - A sweep: the mean of each row over the factors, with 95 % Monte-Carlo intervals.
#' - A sensitivity analysis: each figure that has an interval, by factor.
#' - A fit: what is known of each number: draws as a density over the range that was sought.
#'
#' @param object,x a result.
#' @param what of a run: `"role_share"` (by meeting), or a column of `$months` such as `"trust"`,
#'   `"work"`, `"uncertainty"`; its meaning is in `$dictionary`.
#' @param outcomes of a comparison, a sweep or a sensitivity analysis: which outcomes to draw; all if
#'   not given (of a comparison the first four).
#' @param ... not used.
#' @return A ggplot.
#' @examplesIf rppsim::rpp_available() && requireNamespace("ggplot2", quietly = TRUE)
#' library(ggplot2)
#' run <- rpp_run("cypress", runs = 20)
#' autoplot(run)
#' autoplot(run, "trust") + labs(title = NULL) + theme_rpp(base_size = 8)
#' @name autoplot.rpp_result
#' @exportS3Method ggplot2::autoplot
autoplot.rpp_run <- function(object, what = "role_share", ...) {
  needs_ggplot2()
  if (what == "role_share") {
    bands <- as.data.frame(object$quantiles)
    across <- "meeting"
    wording <- "Share of episodes about roles"
  } else {
    if (!what %in% setdiff(names(object$months), c("run", "world", "month"))) {
      raise("bad_input", sprintf(
        "`what` cannot be `%s`.\n  allowed: role_share, %s", what,
        paste(setdiff(names(object$months), c("run", "world", "month")), collapse = ", ")))
    }
    bands <- over_runs(object$months, what)
    across <- "month"
    about <- object$dictionary
    wording <- about$meaning[about$file == "months.csv" & about$column == what]
  }
  labels <- c(variant = if (isTRUE(object$manifest$twin)) "with the scheduled shocks" else object$manifest$title,
              twin = "the same runs without them")
  bands$world <- droplevels(factor(labels[bands$world], unique(labels)))
  colours <- unname(rpp_colours[c("blue", "vermilion")])
  ggplot2::ggplot(bands, ggplot2::aes(
      .data[[across]], .data$q50, colour = .data$world, fill = .data$world)) +
    ggplot2::geom_ribbon(ggplot2::aes(ymin = .data$q05, ymax = .data$q95), alpha = 0.2, linewidth = 0.2) +
    ggplot2::geom_ribbon(ggplot2::aes(ymin = .data$q25, ymax = .data$q75), alpha = 0.36, linewidth = 0.2) +
    ggplot2::geom_line(linewidth = 0.9) +
    ggplot2::geom_point(ggplot2::aes(y = .data$mean), shape = 21, fill = "white", size = 1.4) +
    (if (nlevels(bands$world) > 1) ggplot2::facet_wrap(ggplot2::vars(.data$world), ncol = 1)) +
    ggplot2::scale_colour_manual(values = colours, guide = "none") +
    ggplot2::scale_fill_manual(values = colours, guide = "none") +
    (if (what == "role_share") {
      ggplot2::scale_y_continuous(labels = function(x) paste(round(100 * x), "%"))
    }) +
    ggplot2::labs(
      title = object$manifest$title, x = across, y = NULL,
      subtitle = wrapped(paste0(wording, "; ", counted(object$manifest$runs), " runs, seed ", object$manifest$seed)),
      caption = wrapped(paste(
        "Pale: 9 runs in 10; dark: middle half; line: median; circles: mean.",
        "The model was set up with one published case: no forecast."), 95)) +
    theme_rpp()
}

# Quantiles and mean over runs of one column of `months`.
over_runs <- function(months, what) {
  split_by <- split(months[[what]], list(world = months$world, month = months$month), sep = "\r", drop = TRUE)
  keys <- do.call(rbind, strsplit(names(split_by), "\r", fixed = TRUE))
  found <- t(vapply(split_by, function(values) {
    c(stats::quantile(values, c(0.05, 0.25, 0.5, 0.75, 0.95), names = FALSE, na.rm = TRUE),
      mean(values, na.rm = TRUE))
  }, numeric(6)))
  colnames(found) <- c("q05", "q25", "q50", "q75", "q95", "mean")
  data.frame(world = keys[, 1], month = as.numeric(keys[, 2]), found, row.names = NULL)
}

wrapped <- function(text, width = 80) paste(strwrap(text, width), collapse = "\n")

counted <- function(number) format(number, big.mark = ",")

# The rows of the outcomes that are asked for, in that order; else of the first few.
of_outcomes <- function(table, outcomes, most = Inf) {
  there <- unique(table$outcome)
  if (is.null(outcomes)) outcomes <- utils::head(there, most)
  wrong <- setdiff(outcomes, there)
  if (length(wrong)) {
    raise("bad_input", sprintf(
      "no outcome `%s` in this result.\n  allowed: %s", wrong[1], paste(there, collapse = ", ")))
  }
  table <- as.data.frame(table[table$outcome %in% outcomes, ])
  table$outcome <- factor(table$outcome, outcomes)
  table
}

#' @rdname autoplot.rpp_result
#' @exportS3Method ggplot2::autoplot
autoplot.rpp_comparison <- function(object, outcomes = NULL, ...) {
  needs_ggplot2()
  rows <- of_outcomes(object$comparison, outcomes, 4)
  rows$variant <- factor(rows$variant, rev(unique(rows$variant)))
  better <- c(more = ", right is better", less = ", left is better")[rows$better]
  better[is.na(better)] <- ""
  heading <- paste0(rows$outcome, " (", rows$unit, better, ")")
  rows$heading <- factor(heading, unique(heading[order(rows$outcome)]))
  below <- ggplot2::position_nudge(y = -0.3)
  ggplot2::ggplot(rows, ggplot2::aes(.data$difference, .data$variant)) +
    ggplot2::geom_vline(xintercept = 0, linewidth = 0.7) +
    ggplot2::geom_linerange(
      ggplot2::aes(xmin = .data$p05, xmax = .data$p95, colour = "90 % of single pairs"), linewidth = 0.6) +
    ggplot2::geom_linerange(
      ggplot2::aes(xmin = .data$low, xmax = .data$high, colour = "simulation error (95 %)"), linewidth = 2.2) +
    ranges(rows, below) +
    ggplot2::geom_point(shape = 23, size = 2.4, fill = "#005087", colour = "white") +
    ggplot2::facet_wrap(ggplot2::vars(.data$heading), ncol = 1, scales = "free_x") +
    ggplot2::scale_colour_manual(name = NULL, values = c(
      "simulation error (95 %)" = "#6EAFD7", "parameter sets that fit about as well" = "#3C3C3C",
      "90 % of single pairs" = "#A5A5A5"), breaks = function(shown) rev(sort(shown))) +
    ggplot2::guides(colour = ggplot2::guide_legend(nrow = 2, byrow = TRUE, override.aes = list(linewidth = 1.2))) +
    ggplot2::labs(
      title = wrapped(paste("Differences from:", object$manifest$title), 60), x = NULL, y = NULL,
      subtitle = paste0(counted(max(rows$pairs)), " pairs of runs, seed ", object$manifest$seed,
                        "; diamond: mean difference"),
      caption = wrapped(paste(
        "The model was set up with one published case; no study has measured these differences.",
        "Not a forecast."), 95)) +
    theme_rpp() +
    ggplot2::theme(panel.grid.major.x = ggplot2::element_line(colour = "#D0D0D0", linewidth = 0.3),
                   panel.grid.major.y = ggplot2::element_blank())
}

# The ranges over parameter sets, where sets were asked.
ranges <- function(rows, position) {
  if (!all(c("sets_low", "sets_high") %in% names(rows)) || all(is.na(rows$sets_low))) return(NULL)
  ggplot2::geom_errorbar(
    ggplot2::aes(xmin = .data$sets_low, xmax = .data$sets_high,
                 colour = "parameter sets that fit about as well"),
    data = rows[!is.na(rows$sets_low), ], width = 0.3, position = position)
}

#' @rdname autoplot.rpp_result
#' @exportS3Method ggplot2::autoplot
autoplot.rpp_sweep <- function(object, outcomes = NULL, ...) {
  needs_ggplot2()
  rows <- of_outcomes(summary(object), outcomes)
  design <- object$design
  factors <- setdiff(names(design), c("row", "place"))
  levels <- vapply(design[factors], function(values) length(unique(values)), 1L)
  crossed <- length(factors) <= 2 && prod(levels) == nrow(design) && utils::tail(levels, 1) <= 8
  rows$low <- rows$mean - 1.96 * rows$error
  rows$high <- rows$mean + 1.96 * rows$error
  if (crossed && length(factors) == 2) {
    rows$by <- factor(rows[[factors[2]]])
    picture <- ggplot2::ggplot(rows, ggplot2::aes(
      .data[[factors[1]]], .data$mean, colour = .data$by, linetype = .data$by, shape = .data$by)) +
      ggplot2::facet_wrap(ggplot2::vars(.data$outcome), scales = "free_y") +
      ggplot2::labs(x = factors[1], colour = factors[2], linetype = factors[2], shape = factors[2]) +
      ggplot2::scale_shape_manual(values = c(16, 0, 17, 5, 25, 1, 15, 6))
  } else {
    # Each factor in a panel of its own, over all values of the others.
    each <- lapply(factors, function(key) {
      data.frame(rows[c("outcome", "mean", "low", "high")], key = key, value = rows[[key]])
    })
    rows <- do.call(rbind, each)
    picture <- ggplot2::ggplot(rows, ggplot2::aes(.data$value, .data$mean, colour = "each")) +
      ggplot2::facet_wrap(ggplot2::vars(.data$outcome, .data$key), scales = "free", ncol = length(factors),
                          labeller = function(names) list(paste(names[[1]], "over", names[[2]]))) +
      ggplot2::guides(colour = "none") +
      ggplot2::labs(x = NULL)
  }
  picture +
    (if (crossed) ggplot2::geom_line(linewidth = 0.8)) +
    ggplot2::geom_linerange(ggplot2::aes(ymin = .data$low, ymax = .data$high), linetype = "solid", linewidth = 0.4) +
    ggplot2::geom_point(size = 1.8) +
    ggplot2::scale_colour_manual(values = unname(rpp_colours)) +
    ggplot2::labs(
      title = object$manifest$title, y = "mean of the runs of a row",
      caption = "Upright lines: 95 % Monte-Carlo intervals.") +
    theme_rpp()
}

figures <- c(
  first = "alone (first order)", total = "alone and with others (total)",
  mu_star = "mean size of the effect of a step (\u03bc*)",
  src = "standardised coefficient", src_rank = "the same, of ranks",
  effect = "effect, end to end", interaction = "interaction")

#' @rdname autoplot.rpp_result
#' @exportS3Method ggplot2::autoplot
autoplot.rpp_sensitivity <- function(object, outcomes = NULL, ...) {
  needs_ggplot2()
  rows <- object$sensitivity
  rows <- of_outcomes(rows[!is.na(rows$factor) & !is.na(rows$low), ], outcomes)
  rows$factor <- factor(rows$factor, rev(unique(rows$factor)))
  wording <- ifelse(rows$figure %in% names(figures), figures[rows$figure], rows$figure)
  rows$wording <- factor(wording, unique(wording))
  # The figures of a factor stand below one another.
  kinds <- as.numeric(rows$wording)
  rows$height <- as.numeric(rows$factor) + 0.24 * ((1 + max(kinds)) / 2 - kinds) / max(1, max(kinds) - 1)
  ggplot2::ggplot(rows, ggplot2::aes(
      .data$value, .data$height, colour = .data$wording, shape = .data$wording)) +
    ggplot2::geom_vline(xintercept = 0, linewidth = 0.7) +
    ggplot2::geom_linerange(ggplot2::aes(xmin = .data$low, xmax = .data$high)) +
    ggplot2::geom_point(size = 2) +
    ggplot2::scale_y_continuous(
      breaks = seq_along(levels(rows$factor)), labels = levels(rows$factor),
      limits = c(0.5, nlevels(rows$factor) + 0.5)) +
    ggplot2::facet_wrap(ggplot2::vars(.data$outcome), ncol = 1, scales = "free") +
    ggplot2::scale_colour_manual(values = rep(unname(rpp_colours), length.out = nrow(rows))) +
    ggplot2::scale_shape_manual(values = rep(c(16, 0, 17, 5, 25, 1, 15, 6), length.out = nrow(rows))) +
    ggplot2::labs(title = object$manifest$title, x = NULL, y = NULL, colour = NULL, shape = NULL,
                  caption = "Lines: 95 % intervals.") +
    theme_rpp() +
    ggplot2::theme(panel.grid.major.x = ggplot2::element_line(colour = "#D0D0D0", linewidth = 0.3),
                   panel.grid.major.y = ggplot2::element_blank())
}

#' @rdname autoplot.rpp_result
#' @exportS3Method ggplot2::autoplot
autoplot.rpp_fit <- function(object, ...) {
  needs_ggplot2()
  sought <- object$numbers[object$numbers$theory == object$numbers$theory[1], ]
  ends <- data.frame(key = rep(sought$key, 2), value = c(sought$low, sought$high))
  ggplot2::ggplot(object$posterior, ggplot2::aes(.data$value)) +
    ggplot2::geom_blank(data = ends) +
    ggplot2::geom_density(fill = rpp_colours[["blue"]], colour = rpp_colours[["blue"]], alpha = 0.3) +
    ggplot2::geom_vline(ggplot2::aes(xintercept = .data$median), data = sought, linewidth = 0.7) +
    ggplot2::facet_wrap(ggplot2::vars(.data$key), scales = "free") +
    ggplot2::labs(
      title = object$manifest$title, x = NULL, y = NULL,
      caption = "Each axis is the range that was sought; the upright line is the median.") +
    theme_rpp() +
    ggplot2::theme(axis.text.y = ggplot2::element_blank())
}

#' @rdname autoplot.rpp_result
#' @export
plot.rpp_result <- function(x, ...) {
  needs_ggplot2()
  print(ggplot2::autoplot(x, ...))
}
