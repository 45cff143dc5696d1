test_that("numbers keep every bit, in as few digits as that takes", {
  set.seed(1)
  some <- c(0.1, 1 / 3, pi, 1e-300, 1e300, -2.5, .Machine$double.xmin, runif(500), 10^runif(500, -20, 20))
  texts <- vapply(some, rpp_toml, "")
  expect_identical(numbers(texts), some)
  expect_identical(rpp_toml(0.1), "0.1")
  expect_identical(rpp_toml(3), "3")
  expect_identical(rpp_toml(12L), "12")
  expect_identical(rpp_toml(1e15), "1000000000000000")
})

test_that("values of every kind are translated", {
  expect_identical(rpp_toml("secondary_director.1"), "\"secondary_director.1\"")
  expect_identical(rpp_toml(c(3, 12)), "[3, 12]")
  expect_identical(rpp_toml(list(3)), "[3]")
  expect_identical(rpp_toml(c("a", "b")), "[\"a\", \"b\"]")
  expect_identical(rpp_toml(TRUE), "true")
  expect_identical(rpp_toml(list(integers = c(3, 12))), "{ integers = [3, 12] }")
  expect_identical(rpp_toml(c(pdi = 0.7, cypress = 0.3)), "{ pdi = 0.7, cypress = 0.3 }")
  expect_identical(rpp_toml(list(`a key` = list(b = factor("c")))), "{ \"a key\" = { b = \"c\" } }")
  expect_identical(rpp_toml("say \"x\"\\\n"), "\"say \\u0022x\\u0022\\u005C\\u000A\"")
  expect_identical(rpp_toml(""), "\"\"")
})

test_that("what TOML cannot say is refused, with the place", {
  for (value in list(NA, NULL, Inf, NaN, mean, Sys.Date(), c(1, NA), list(a = 1, 2))) {
    expect_error(rpp_toml(value), "cannot say", class = "rppsim_bad_input")
  }
  expect_error(assignments(list(agenda.newness = NA)), "set$agenda.newness", fixed = TRUE)
  expect_error(assignments(list(1)), "needs a name", class = "rppsim_bad_input")
})

test_that("the program reads what was written", {
  skip_without_program()
  set <- list(agenda.threshold = 1 / 3, title = "A \u201cquoted\u201d \"title\"; with = all", shock.karl.month = list(integers = c(9, 15)))
  run <- rpp_run("cypress", runs = 1, set = set)
  expect_identical(run$manifest$title, set$title)
  line <- grep("threshold = 0.3333333", run$scenario, value = TRUE)
  expect_length(line, 1)
  expect_identical(numbers(sub(".*= *", "", line)), 1 / 3)
})
