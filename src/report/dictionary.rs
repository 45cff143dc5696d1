//! The data dictionary: every column of every table, with its unit and meaning.

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its unit, or what its values are.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A table: a file, what a row is, and its columns. Column sets are stable: a new measure goes to
/// a new file.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of its file.
    pub file: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident, $file:literal, $row:literal: $($column:ident, $unit:literal, $meaning:literal;)+) => {
        $(#[$doc])*
        pub const $name: Table = Table {
            file: $file,
            row: $row,
            columns: &[$(Column { name: stringify!($column), unit: $unit, meaning: $meaning },)+],
        };
    };
}

table! {
    /// Meetings.
    MEETINGS, "meetings.csv", "one meeting of one run":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    meeting, "number", "number of the meeting, from 1";
    month, "number", "month of the simulation, from 1";
    present, "people", "people present";
    episodes, "episodes", "episodes in all; roles + work + other";
    roles, "episodes", "coded as role negotiation (central talk about roles)";
    work, "episodes", "coded as substantive work";
    other, "episodes", "coded as other business";
    peripheral, "episodes", "not coded as role negotiation, though roles were mentioned";
    role_share, "share", "roles / episodes";
    settlements, "number", "settlements reached";
    refusals, "number", "demands refused";
}

table! {
    /// Months.
    MONTHS, "months.csv", "the end of one month of one run":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    month, "number", "month of the simulation, from 1";
    alive, "0 or 1", "whether the partnership lived in the month; 1 in the month in which it ended";
    work, "work", "work done so far; 1 is a substantive episode at full clarity, trust and capacity";
    prioritized, "work", "the same, weighted by its fit with what organizations want of one another";
    displaced, "work", "kept from being done so far by talk about roles";
    lost_to_unclear_roles, "work", "kept from being done so far by unclear roles (assumed channel)";
    lost_to_distrust, "work", "kept from being done so far by distrust (assumed channel)";
    diverted, "work", "kept from being done so far by requests that took the staff";
    clarity, "0 to 1", "role clarity of the team: 1 - mean distance of expectations from the mode of work";
    trust, "0 to 1", "mean trust of the team in the other organizations";
    uncertainty, "0 to 1", "mean uncertainty of the team about the other organizations";
    open_question, "tension", "sum over organizations of the question left open";
    least_benefit, "benefit", "the lesser of the benefits felt; 1 is the fullest";
    breaches, "number", "breaches seen in the month";
    requests, "number", "requests accepted in the month";
    arrivals, "people", "people who took a seat in the month";
    vacancies, "seats", "seats vacant at the end of the month";
}

table! {
    /// Runs.
    RUNS, "runs.csv", "one run":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    months, "months", "horizon";
    ended, "month", "month in which the partnership ended; empty if it survived";
    meetings, "meetings", "meetings held";
    episodes, "episodes", "episodes in all";
    roles, "episodes", "coded as role negotiation";
    role_share, "share", "roles / episodes; empty if no meeting was held";
    meetings_with_role_talk, "meetings", "meetings with at least one episode of role negotiation";
    peak_share, "share", "largest share in one meeting";
    settlements, "number", "settlements reached";
    first_settlement, "meeting", "meeting of the first settlement; empty if none";
    largest_settlement, "meeting", "meeting of the settlement that moved an arrangement most";
    largest_moved, "distance", "how far it moved";
    work, "work", "work done by the horizon";
    prioritized, "work", "the same, weighted by its fit with what organizations want of one another";
    displaced, "work", "kept from being done by talk about roles";
    lost_to_unclear_roles, "work", "kept from being done by unclear roles";
    lost_to_distrust, "work", "kept from being done by distrust";
    diverted, "work", "kept from being done by requests that took the staff";
    projects, "projects", "projects completed";
    milestones, "milestones", "milestones reached";
    months_late, "months", "mean delay of milestones, early ones counting as 0; empty if none";
    departures, "people", "people who left";
    tenure_completed, "months", "mean time in post of those who left one, moving up included; empty if nobody did";
    tenure_in_progress, "months", "mean time in post so far, of those there at the end of the last month lived";
    breaches, "number", "breaches seen";
    health_trust, "0 to 1", "health, dimension 1: mean trust of the team over the months lived (our indicator)";
    health_research, "0 to 1", "health, dimension 2: substantive share of episodes (our indicator)";
    health_practice, "0 to 1", "health, dimension 3: share of work that fits what is wanted (our indicator)";
    health_knowledge, "projects a year", "health, dimension 4: projects completed a year (our indicator)";
    health_capacity, "0 to 1", "health, dimension 5: mean role clarity of the team (our indicator)";
}

table! {
    /// Values of the patterns, run by run.
    OUTCOMES, "outcomes.csv", "one pattern in one run":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    pattern, "name", "name of the pattern in the scenario";
    value, "as the pattern", "its value; no row if the run has none";
}

table! {
    /// Practices that district leaders advise.
    PRACTICES, "practices.csv", "one practice in one run":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    practice, "name", "the practice; rows stand in the order of advice";
    advised_by, "leaders", "leaders, of 80 in three districts, who advised it (Harrison, Davidson & Farrell 2017, Table 4): an order, no weight";
    value, "0 to 1; benefit, where 1 is the fullest, can be less or more", "how far the run shows it (our indicator); empty if there was nothing to see";
}

table! {
    /// Money, where it plays a part.
    MONEY, "money.csv", "one organization at the end of one month of one run":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    month, "number", "month of the simulation, from 1";
    organization, "name", "whose money it is";
    received, "currency of the scenario", "all that came in so far, with the reserve at the start; salaries + meetings + upkeep + balance";
    salaries, "currency of the scenario", "spent so far on positions that depend on money";
    meetings, "currency of the scenario", "spent so far on meetings";
    upkeep, "currency of the scenario", "spent so far on keeping up the relationship";
    balance, "currency of the scenario", "in hand";
    paid, "positions", "positions that depend on money and are held";
    positions, "positions", "positions that depend on money";
}

table! {
    /// A world of many partnerships, month by month.
    NATION_MONTHS, "nation_months.csv", "one outcome of one class of district in one month of one world":
    world, "name", "without policy or programme, or the one of this name";
    class, "name", "class of district; all: every one";
    month, "number", "month of the simulation, from 1";
    outcome, "name", "alive; renegotiating, of the living; recent_role_share, roles / episodes of the last three meetings, of the living; work, done in the month; trust of the team, of the living; positions, share of those that depend on money that are held, of the living";
    partnerships, "number", "partnerships that have a value";
    mean, "as the outcome", "their mean";
    error, "as the outcome", "Monte-Carlo standard error, partnerships of one hub taken as one draw";
}

table! {
    /// What a policy or a programme does in a world of many partnerships.
    NATION_EFFECTS, "nation_effects.csv", "one outcome of one class of district, a world less the one without policy or programme":
    world, "name", "the policy or programme";
    class, "name", "class of district; all: every one";
    outcome, "name", "as in nation_months.csv, the mean over the months; of work, the sum over them";
    partnerships, "number", "pairs of partnerships that have a value in both worlds";
    difference, "as the outcome", "mean difference, partnership by partnership";
    error, "as the outcome", "Monte-Carlo standard error, partnerships of one hub taken as one draw";
    low, "as the outcome", "lower end of the 95 % Monte-Carlo interval";
    high, "as the outcome", "upper end of it";
}

table! {
    /// Differences between a run and its twin.
    DIFFERENCES, "differences.csv", "one run against its twin":
    run, "number", "number of the run";
    months_lost, "months", "how much earlier the twin had done the same work, at its own pace; negative if ahead";
    back_to_normal, "months", "months from the first shock until role share was back to normal, at most to the horizon";
    censored, "0 or 1", "it was not back to normal by the horizon";
    twin_back_to_normal, "months", "the same for the twin, which strays from its band by chance alone";
}

table! {
    /// Role share by meeting over all runs.
    QUANTILES, "quantiles.csv", "one meeting of one world, over all runs":
    world, "variant or twin", "with the scheduled shocks, or the same runs without them";
    meeting, "number", "number of the meeting, from 1";
    runs, "runs", "runs in which it was held";
    mean, "share", "mean role share";
    error, "share", "Monte-Carlo standard error of the mean";
    q05, "share", "5 % quantile of single runs";
    q25, "share", "25 % quantile";
    q50, "share", "median";
    q75, "share", "75 % quantile";
    q95, "share", "95 % quantile";
}

table! {
    /// Patterns over all runs.
    PATTERNS, "patterns.csv", "one pattern over all runs":
    pattern, "name", "name of the pattern in the scenario";
    title, "words", "what it says";
    published, "as the pattern", "what was published: a value, a range, or a bound";
    runs, "runs", "runs that have a value";
    median, "as the pattern", "median of single runs";
    q05, "as the pattern", "5 % quantile of single runs";
    q95, "as the pattern", "95 % quantile of single runs";
    mean, "as the pattern", "mean over runs";
    error, "as the pattern", "Monte-Carlo standard error of the mean";
    verdict, "in, out or unknown", "value: within the 90 % interval of single runs; range: holds the median; bound: above the upper 95 % Monte-Carlo limit; unknown from one run";
    used_for, "input, fit, report or control", "what the pattern is used for";
    source, "words", "where it stands";
}

table! {
    /// Effects of the shocks.
    EFFECTS, "effects.csv", "one outcome, runs less their twins":
    outcome, "name", "what differs: role_share_since_shock (roles / episodes over the meetings from the month of the first shock on; role_share of runs.csv is of all meetings), work and prioritized by the horizon, months_lost, back_to_normal (of the run less that of its twin)";
    unit, "words", "its unit";
    pairs, "runs", "pairs of runs";
    mean, "unit of the row", "mean difference";
    error, "unit of the row", "Monte-Carlo standard error of the mean";
    low, "unit of the row", "lower end of the 95 % Monte-Carlo interval of the mean (Student's); empty if there is one pair";
    high, "unit of the row", "upper end of it";
    sd, "unit of the row", "standard deviation of single pairs";
    q05, "unit of the row", "5 % quantile of single pairs";
    q95, "unit of the row", "95 % quantile of single pairs";
    above_zero, "share", "share of pairs above zero, half of those at zero";
    censored, "runs", "runs cut off at the horizon";
}

table! {
    /// Episodes of the first runs.
    EPISODES, "episodes.csv", "one episode of one of the first runs":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    meeting, "number", "number of the meeting";
    episode, "number", "number of the episode in the meeting";
    topic, "roles, work or other", "as coded";
    peripheral, "0 or 1", "not coded as role negotiation, though roles were mentioned";
    about, "organization", "whose role was talked about; empty if none";
    initiator, "seat", "who initiated it";
    organization, "organization", "the initiator's organization";
    level, "level", "the initiator's level";
    contributions, "number", "contributions in all";
    assertions, "number", "contributions that assert a role";
    histories, "number", "contributions that tell what was done before";
    comparisons, "number", "contributions that compare with another kind of organization";
    metaphors, "number", "contributions that paint the whole";
    questions, "number", "contributions that ask";
}

table! {
    /// Interviews of the first runs.
    INTERVIEWS, "interviews.csv", "one answer in an interview of one of the first runs":
    run, "number", "number of the run";
    world, "variant or twin", "with the scheduled shocks, or the same run without them";
    interview, "name", "name of the interviews in the scenario";
    month, "number", "month it took place";
    seat, "seat", "who was asked";
    about, "organization", "about which organization";
    answer, "role", "a role that was named, or `uncertain`, or `nothing`";
}

table! {
    /// Parameter sets that a search kept.
    PARTICLES, "particles.csv", "one parameter of one set that fits about equally well":
    set, "number", "number of the set, nearest first";
    weight, "share", "its weight among those kept";
    distance, "sampling errors", "root mean square distance from the published patterns";
    key, "key", "the parameter";
    value, "unit of the key", "its value in the set";
}

table! {
    /// How sharply a search pinned each parameter.
    PINNED, "pinned.csv", "one parameter":
    key, "key", "the parameter";
    low, "unit of the key", "lowest value sought";
    high, "unit of the key", "highest value sought";
    best, "unit of the key", "value in the best set";
    mean, "unit of the key", "weighted mean over the sets kept";
    sd, "unit of the key", "weighted standard deviation over the sets kept";
    q05, "unit of the key", "5 % quantile over the sets kept";
    q95, "unit of the key", "95 % quantile over the sets kept";
    pinned, "share", "1 - sd / sd of the range: 0 not at all, 1 wholly";
    moves_with, "key", "the parameter it is most correlated with among the sets kept";
    correlation, "-1 to 1", "that correlation; near -1 or 1 is a ridge";
    source, "words", "why this range";
}

table! {
    /// The best set against the published patterns.
    FIT, "fit.csv", "one pattern":
    pattern, "name", "name of the pattern in the scenario";
    title, "words", "what it says";
    published, "as the pattern", "what was published";
    sampling_sd, "as the pattern", "how far sampling alone may put it off; empty if unknown";
    simulated, "as the pattern", "mean over fresh runs of the best set";
    off, "sampling errors", "simulated less published; empty if unknown";
    used_for, "input, fit, report or control", "only fit enters the distance";
}

table! {
    /// Patterns under every shipped theory.
    THEORIES, "theories.csv", "one pattern under one theory":
    theory, "name", "the theory, or `independent episodes`: the benchmark without any";
    pattern, "name", "name of the pattern in the scenario";
    title, "words", "what it says";
    published, "as the pattern", "what was published";
    sampling_low, "as the pattern", "lower end of its 95 % sampling interval (Wilson); empty if unknown";
    sampling_high, "as the pattern", "upper end of it";
    median, "as the pattern", "median of single runs";
    q05, "as the pattern", "5 % quantile of single runs";
    q95, "as the pattern", "95 % quantile of single runs";
    mean, "as the pattern", "mean over runs";
    error, "as the pattern", "Monte-Carlo standard error of the mean";
    verdict, "in, out or unknown", "as in patterns.csv";
    used_for, "input, fit, report or control", "what the pattern is used for";
}

/// Every table.
pub const TABLES: &[Table] = &[
    MEETINGS,
    MONTHS,
    RUNS,
    OUTCOMES,
    PRACTICES,
    MONEY,
    DIFFERENCES,
    QUANTILES,
    PATTERNS,
    EFFECTS,
    EPISODES,
    INTERVIEWS,
    PARTICLES,
    PINNED,
    FIT,
    THEORIES,
];

table! {
    /// Comparisons.
    COMPARISON, "comparison.csv", "one outcome of one variant beside the base":
    variant, "name", "the variant";
    outcome, "name", "what is compared";
    unit, "word", "unit of the outcome and of its differences";
    better, "more, less or neither", "which way is better, where one is";
    pairs, "number", "pairs of runs in which both worlds have the outcome";
    missing, "number", "pairs in which a world lacks it, since there was nothing to measure";
    censored, "number", "pairs in which a value is only known to be at least so much (the horizon)";
    mean_base, "as the outcome", "mean over runs of the base; empty for outcomes of pairs";
    mean_variant, "as the outcome", "mean over runs of the variant; empty for outcomes of pairs";
    difference, "as the outcome", "mean of paired differences, variant less base";
    error, "as the outcome", "Monte-Carlo standard error of the difference";
    low, "as the outcome", "lower end of its 95 % Monte-Carlo interval";
    high, "as the outcome", "upper end of its 95 % Monte-Carlo interval";
    standardised, "standard deviations", "difference over the standard deviation of single runs of the base; of single pairs for outcomes of pairs";
    sd_pairs, "as the outcome", "standard deviation of single paired differences";
    p05, "as the outcome", "5 % quantile of single pairs";
    p95, "as the outcome", "95 % quantile of single pairs";
    more, "share", "pairs in which the variant has more";
    same, "share", "pairs in which both have the same";
    less, "share", "pairs in which the variant has less";
    gain_of_pairing, "ratio", "variance of the difference between independent worlds over that of paired ones; empty for outcomes of pairs";
    sets, "number", "parameter sets that fit about as well; empty if there are none";
    sets_low, "as the outcome", "least difference over these sets, Monte-Carlo error taken out";
    sets_high, "as the outcome", "greatest difference over these sets, Monte-Carlo error taken out";
}

table! {
    /// Pairs of runs.
    PAIRS, "pairs.csv", "one outcome of one variant in one run":
    run, "number", "number of the run";
    variant, "name", "the variant";
    outcome, "name", "what is compared";
    value_base, "as the outcome", "in the base; empty if there is none, and for outcomes of pairs";
    value_variant, "as the outcome", "in the variant; empty if there is none, and for outcomes of pairs";
    difference, "as the outcome", "variant less base";
    censored, "0 or 1", "whether a value is only known to be at least so much";
}

table! {
    /// Impulse responses.
    RESPONSE, "response.csv", "one quantity of one variant in one month":
    variant, "name", "the variant";
    quantity, "name", "what is followed: role_share, of the episodes of the month; work_in_month; clarity, trust and uncertainty of the team and open_question, at the end of the month";
    month, "number", "month of the simulation, from 1";
    pairs, "number", "pairs in which both worlds have it";
    difference, "as the quantity", "mean of paired differences, variant less base";
    error, "as the quantity", "its Monte-Carlo standard error";
    low, "as the quantity", "lower end of its 95 % Monte-Carlo interval";
    high, "as the quantity", "upper end of its 95 % Monte-Carlo interval";
}

table! {
    /// What impulse responses come to.
    SHAPES, "shapes.csv", "one quantity of one variant":
    variant, "name", "the variant";
    quantity, "name", "what is followed, as in response.csv";
    peak, "as the quantity", "largest mean difference in a month";
    peak_error, "as the quantity", "its standard error (jackknife)";
    month, "number", "month in which it is reached";
    month_error, "months", "its standard error (jackknife)";
    half, "months", "months from there until the mean difference is half as large; empty if not within the horizon";
    area, "quantity times months", "sum of the mean differences over all months";
    area_error, "quantity times months", "its standard error (jackknife)";
}

table! {
    /// Differences by parameter set.
    ACROSS_SETS, "across_sets.csv", "one outcome of one variant at one parameter set that fits about as well":
    variant, "name", "the variant";
    outcome, "name", "what is compared";
    set, "number", "the set, in the order in which they were drawn";
    moved, "as the outcome", "how much larger the difference is than at the scenario's own values, over the same runs";
    error, "as the outcome", "its Monte-Carlo standard error";
}

table! {
    /// Differences at the ends of the range assumed for an effect.
    ASSUMED_EFFECTS, "assumed_effects.csv", "one outcome at one end of the range assumed for an intervention":
    variant, "name", "the variant";
    intervention, "name", "the intervention";
    parameter, "key", "the number that says how strong it is";
    value, "as the parameter", "the end of the range";
    outcome, "name", "what is compared";
    difference, "as the outcome", "mean of paired differences, variant less base";
    error, "as the outcome", "its Monte-Carlo standard error";
}

table! {
    /// How strong an intervention must be to pay for itself.
    BREAK_EVEN, "break_even.csv", "one value of the number that says how strong an intervention is":
    variant, "name", "the variant";
    intervention, "name", "the intervention";
    parameter, "key", "the number that says how strong it is";
    value, "as the parameter", "the value tried";
    coin, "months or a currency", "in what it pays: months of work, or budget of months saved less its price";
    pairs, "number", "pairs of runs";
    gain, "as the coin", "mean net gain against the variant without the intervention";
    low, "as the coin", "lower end of its 95 % Monte-Carlo interval";
    high, "as the coin", "upper end of its 95 % Monte-Carlo interval";
}

table! {
    /// Rows of a sweep: what was varied.
    DESIGN, "design.csv", "one row of the design, with a column for each factor after these":
    row, "number", "number of the row, from 1";
    place, "words", "what the row is for in its design";
}

table! {
    /// Rows of a sweep: what came out.
    SWEEP_ROWS, "rows.csv", "one outcome of one row of the design":
    row, "number", "number of the row, from 1";
    outcome, "name", "what is measured";
    unit, "word", "unit of the outcome";
    runs, "number", "runs that have the outcome";
    missing, "number", "runs that lack it, since there was nothing to measure";
    failed, "number", "runs that failed; see failures.csv";
    mean, "as the outcome", "mean over runs";
    sd, "as the outcome", "standard deviation of single runs";
    error, "as the outcome", "Monte-Carlo standard error of the mean";
    p05, "as the outcome", "5 % quantile of runs, exact";
    p25, "as the outcome", "25 % quantile of runs, exact";
    p50, "as the outcome", "median of runs, exact";
    p75, "as the outcome", "75 % quantile of runs, exact";
    p95, "as the outcome", "95 % quantile of runs, exact";
}

table! {
    /// Runs of a sweep.
    SWEEP_RUNS, "runs.csv", "one run of one row, with a column for each outcome after these":
    row, "number", "number of the row, from 1";
    replicate, "number", "number of the replicate, from 1";
    run, "number", "number of the run, for rppsim run --first";
    ended, "month", "month in which the partnership ended; empty if it did not";
}

table! {
    /// Role share by meeting, for each row of a sweep.
    FANS, "fans.csv", "one meeting of all runs of one row":
    row, "number", "number of the row, from 1";
    meeting, "number", "number of the meeting, from 1";
    runs, "number", "runs that held it";
    mean, "share", "mean role share";
    error, "share", "its Monte-Carlo standard error";
    p05, "share", "5 % quantile of runs, off by at most 0.00005";
    p25, "share", "25 % quantile of runs, off by at most 0.00005";
    p50, "share", "median of runs, off by at most 0.00005";
    p75, "share", "75 % quantile of runs, off by at most 0.00005";
    p95, "share", "95 % quantile of runs, off by at most 0.00005";
}

table! {
    /// Survival, for each row of a sweep.
    SURVIVAL, "survival.csv", "the end of one month of all runs of one row":
    row, "number", "number of the row, from 1";
    month, "number", "month of the simulation, from 1";
    runs, "number", "runs that did not fail";
    alive, "share", "partnerships alive after the month";
}

table! {
    /// Failed runs of a sweep.
    FAILURES, "failures.csv", "one run that failed":
    row, "number", "number of the row, from 1";
    replicate, "number", "number of the replicate, from 1";
    run, "number", "number of the run";
    why, "words", "why it failed";
    repeat, "command", "the command that repeats it alone";
}

table! {
    /// Sensitivity of outcomes to factors.
    SENSITIVITY, "sensitivity.csv", "one figure of one outcome and factor":
    outcome, "name", "what is measured";
    factor, "key", "what was varied, two keys with a × for two together; empty for a figure of the outcome as a whole";
    figure, "name", "mu, mu_star, sigma (Morris); first, total (Sobol'); src, src_rank (standardised regression on values, on ranks) with r_squared, r_squared_rank; effect (change of the mean from the lowest to the highest level); span (highest less lowest mean along a curve); interaction (double difference); noise_share (of the variance between rows, as if rows were independent); noise_share_between (the same without what a replicate does to all rows alike)";
    value, "as the outcome, or 1", "its value";
    low, "as the value", "lower end of its 95 % interval; empty if there is none";
    high, "as the value", "upper end of its 95 % interval; empty if there is none";
    meaning, "words", "what it means";
}

table! {
    /// The dictionary itself.
    DICTIONARY, "dictionary.csv", "one column of one table":
    file, "name", "the file";
    row, "words", "what one row of it is";
    column, "name", "the column";
    unit, "words", "its unit, or what its values are";
    meaning, "words", "what it means";
}
