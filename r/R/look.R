# The look of the program's own pictures.

#' The look of the program's pictures
#'
#' `rpp_colours` are the colours of the program's pictures, in their order: eight that colour-blind
#' readers can tell apart. `theme_rpp()` is a ggplot2 theme with its lines and text: no box, pale lines
#' across, a dark axis. In a paper, give `base_size` the size of the text around the figure.
#'
#' @param base_size size of the text, in points.
#' @param base_family font; that of the device if not given.
#' @return `theme_rpp()`: a ggplot2 theme.
#' @examples
#' rpp_colours
#' @export
rpp_colours <- c(
  blue = "#0072B2", vermilion = "#D55E00", green = "#009E73", wine = "#882255",
  ochre = "#C88C00", sky = "#56A0DC", olive = "#5F5F14", purple = "#CC79A7")

#' @rdname rpp_colours
#' @export
theme_rpp <- function(base_size = 11, base_family = "") {
  needs_ggplot2()
  pale <- ggplot2::element_line(colour = "#DEDEDE", linewidth = base_size / 33)
  dark <- ggplot2::element_line(colour = "#464646", linewidth = base_size / 26)
  grey <- ggplot2::element_text(colour = "#464646", hjust = 0)
  theme <- ggplot2::theme_minimal(base_size = base_size, base_family = base_family)
  ggplot2::`%+replace%`(theme, ggplot2::theme(
    panel.grid.major = pale, panel.grid.major.x = ggplot2::element_blank(),
    panel.grid.minor = ggplot2::element_blank(),
    axis.line.x = dark, axis.ticks.x = dark,
    axis.text = ggplot2::element_text(colour = "black", size = ggplot2::rel(0.9)),
    axis.ticks.length = ggplot2::unit(base_size / 4, "pt"),
    strip.text = ggplot2::element_text(face = "bold", hjust = 0, size = ggplot2::rel(0.95),
                                       margin = ggplot2::margin(t = base_size / 2, b = base_size / 3)),
    legend.position = "top", legend.justification = "left",
    plot.title = ggplot2::element_text(
      face = "bold", hjust = 0, size = ggplot2::rel(1.2), margin = ggplot2::margin(b = base_size / 2)),
    plot.title.position = "plot", plot.caption.position = "plot",
    plot.subtitle = grey,
    plot.caption = ggplot2::element_text(colour = "#464646", hjust = 0, size = ggplot2::rel(0.8),
                                         margin = ggplot2::margin(t = base_size))))
}

needs_ggplot2 <- function() {
  if (!requireNamespace("ggplot2", quietly = TRUE)) {
    stop("pictures need the package ggplot2: install.packages(\"ggplot2\")", call. = FALSE)
  }
}
