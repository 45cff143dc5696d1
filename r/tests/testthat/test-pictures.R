test_that("every result can be drawn, without a warning", {
  skip_without_program()
  skip_without("ggplot2")
  drawn <- function(...) expect_silent(ggplot2::ggplot_build(ggplot2::autoplot(...)))
  run <- rpp_run("cypress", runs = 5)
  picture <- drawn(run)
  # Bands are those of the table.
  expect_equal(sort(picture$data[[1]]$ymax), sort(run$quantiles$q95))
  drawn(run, "trust")
  alone <- rpp_run("quiet", runs = 3, set = list(pattern.C1a.enabled = FALSE))
  drawn(alone)
  expect_error(ggplot2::autoplot(run, "trusst"), "allowed: role_share", class = "rppsim_bad_input")
  study <- rpp_compare("cypress", list(a = list(agenda.newness = 0)), runs = 5, sets = 2)
  drawn(study)
  drawn(study, outcomes = "work")
  expect_error(ggplot2::autoplot(study, "wrk"), "allowed", class = "rppsim_bad_input")
  crossed <- list(turnover.director = c(0, 0.2), learning.talk = c(0.5, 2))
  ranges <- lapply(crossed, function(values) list(range = values))
  for (plan in list(
    rpp_plan("churn", crossed, c("role_share", "work"), replicates = 2, set = list(calendar.months = 6)),
    rpp_plan("churn", crossed[1], "work", replicates = 2, set = list(calendar.months = 6)),
    rpp_plan("churn", ranges, "work", design = "morris", trajectories = 3, replicates = 2,
             set = list(calendar.months = 6)))) {
    sweep <- rpp_sweep(plan)
    drawn(sweep)
    drawn(rpp_sensitivity(sweep))
  }
})

test_that("colours and theme are those of the program", {
  expect_length(unique(rpp_colours), 8)
  expect_match(rpp_colours, "^#[0-9A-F]{6}$")
  skip_without("ggplot2")
  expect_s3_class(theme_rpp(9), "theme")
  skip_without_program()
  out <- tempfile("kept-")
  on.exit(unlink(out, recursive = TRUE))
  rpp_run("cypress", runs = 2, out = out)
  drawn <- readLines(file.path(out, "role_share.svg"), warn = FALSE)
  for (colour in rpp_colours[c("blue", "vermilion")]) expect_true(any(grepl(colour, drawn, ignore.case = TRUE)))
})
