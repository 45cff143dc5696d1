//! What stands below pictures: how to read them, and what must not be read into them.

use super::{Basis, capital, counted};
use crate::plot::Image;

/// The most texts that a warning names, and the most characters that it shows of each.
const NAMED: usize = 4;
const QUOTED: usize = 60;

/// A sentence that is only true at times.
fn when(is_so: bool, sentence: &str) -> &str {
    if is_so { sentence } else { "" }
}

/// Below role share by meeting; `fewer` says which runs are missing.
pub(crate) fn role_share(basis: &Basis, fewer: &str, fell_through: bool) -> String {
    format!(
        "Bands hold single runs; lines are medians and means. {fewer}{}The model was {}: the bands are no forecast for another partnership.",
        when(fell_through, "Marks stand by the calendar, as if no meeting had fallen through. "),
        basis.set_up
    )
}

/// Below what is followed by month.
pub(crate) fn months(fewer: &str) -> String {
    format!(
        "Work: 1 is a substantive episode at full clarity, trust and capacity. {fewer}Scales differ and need not begin at 0. Not a forecast."
    )
}

/// Why fans of one world rest on fewer runs than there were: partnerships ended, or meetings fell
/// through. Empty if neither happened.
pub(crate) fn fewer_runs(ended: u64, short: u64, fewest: u64) -> String {
    let (gone, runs) = (counted(ended, "partnership"), counted(short, "run"));
    let reasons = match (ended > 0, short > 0) {
        (false, false) => return String::new(),
        (true, false) => format!("{gone} ended"),
        (false, true) => format!("in {runs} meetings fell through"),
        (true, true) => format!("{gone} ended, and in {runs} meetings fell through"),
    };
    format!("{reasons}: what is drawn rests on at least {}", counted(fewest, "run"))
}

/// These reasons for the scenario and, if there is one, for its twin.
pub(crate) fn fewer_runs_by_world(worlds: &[String]) -> String {
    match worlds {
        [first, second] if first != second => {
            let named = ["With the shocks, ", "Without, "].into_iter().zip([first, second]);
            let said = named.filter(|(_, told)| !told.is_empty());
            said.map(|(world, told)| format!("{world}{told}. ")).collect()
        }
        [first, ..] if !first.is_empty() => format!("{}. ", capital(first)),
        _ => String::new(),
    }
}

/// Below one run.
pub(crate) const ONE_RUN: &str =
    "One run of many: it shows what can happen, not what usually does.";

/// Below the five dimensions of health.
pub(crate) const HEALTH: &str = "Dimensions: Henrick, Cobb, Penuel, Jackson & Clark 2017. The indicators are this program's; the framework publishes no scale, so a value says nothing by itself, and dimensions cannot be compared. Scales differ.";

/// Below partnerships alive.
pub(crate) const ALIVE: &str = "Bands: 95 % Monte-Carlo intervals. When partnerships end in the model rests on assumed readiness to end them; no distribution of longevity is published.";

/// Below partnerships alive in the rows of a sweep.
pub(crate) const ALIVE_BY_ROW: &str = "Bands: 95 % Monte-Carlo intervals. When partnerships end in the model rests on assumed readiness to end them.";

/// Below money in hand and positions held.
pub(crate) fn money(marked: bool) -> String {
    format!(
        "{}Partnerships are counted until they end. A paid position is one that depends on money; it may also be vacant for a time because its holder left. What money does is assumed.",
        when(
            marked,
            "Marked: the first term of each grant; whether another follows is a matter of chance. "
        )
    )
}

/// Below what leaders named in interviews; `shipped` if they name by the threshold that ships.
pub(crate) fn interviews(shipped: bool, fitted: usize, shown: usize) -> String {
    format!(
        "{}{fitted} of the {shown} published values are among those that a fit is made to. One partnership; not a forecast.",
        when(
            shipped,
            "How readily leaders name a role is set on the first year of the Cypress case alone. "
        )
    )
}

/// Below what a study observed.
pub(crate) const OBSERVED: &str = "Nothing here is simulated. Intervals are Wilson's, at 95 %: they hold sampling alone, as if episodes and people were drawn one by one.";

/// Below who initiates episodes.
pub(crate) const INITIATORS: &str = "Newcomers hold their seats for part of the time only. Status decides who speaks as far as agenda.voice says; the study left that open.";

/// Below role share around a settlement. Points from fewer runs than `left_out` are not drawn, and
/// means of fewer than `bare` have no interval.
pub(crate) fn settlement(left_out: Option<u64>, bare: Option<u64>) -> String {
    let left_out =
        left_out.map(|runs| format!(" Points from fewer than {runs} runs are not drawn."));
    let bare = bare.map(|runs| format!(" Means of fewer than {runs} runs have no interval."));
    format!(
        "Runs differ in when they settle, so points far from the settlement come from fewer runs, and from other parts of their course.{}{}",
        left_out.unwrap_or_default(),
        bare.unwrap_or_default()
    )
}

/// How to read the differences of a comparison.
pub(crate) fn reading_differences(basis: &Basis) -> String {
    format!(
        "Each row is one variant; the bold upright line is no difference. Diamond: the mean difference. Thick bar: how far more runs could still move it. Thin line with ticks, below: where it lies over the numbers that {} leaves open (9 of 10 draws). Pale line: 9 of 10 single pairs.",
        basis.data
    )
}

/// Below the differences; `more` is the number of outcomes that are not drawn.
pub(crate) fn differences(basis: &Basis, more: usize) -> String {
    let more = match more {
        0 => String::new(),
        1 => " One more outcome is in the table.".into(),
        _ => format!(" {more} more outcomes are in the table."),
    };
    format!(
        "The model was {}; no study has measured these differences. Not a forecast.{more}",
        basis.set_up
    )
}

/// How to read differences by month.
pub(crate) const READING_RESPONSE: &str = "The mean difference from the base, month by month; 0 is no difference. Bands are simulation error alone.";

/// Below differences by month; `left_out` if there are more than eight variants.
pub(crate) fn response(left_out: bool) -> String {
    format!(
        "Bands are 95 % intervals of the simulation, not forecasts. Scales differ from panel to panel.{}",
        when(left_out, " Only the first eight variants are drawn.")
    )
}

/// How to read what it takes to break even.
pub(crate) const READING_BREAK_EVEN: &str = "From left to right the intervention does more of what it is assumed to do. Above the bold line it gains more than it takes. The black bar is where the runs do not tell it from breaking even. The shaded stretch is what is assumed; no study has measured where in it, or whether in it, the true value lies.";

/// Below it.
pub(crate) fn break_even(basis: &Basis) -> String {
    format!("No published estimate of this strength exists. The model was {}.", basis.set_up)
}

/// Below pictures of many partnerships.
pub(crate) const COUNTERFACTUAL: &str = "A counterfactual: not every district has a partnership. Intervals are 95 % Monte-Carlo, no forecasts.";

/// Below the share of partnerships that renegotiate: those with so much talk about roles.
pub(crate) fn renegotiating(share: f64) -> String {
    format!(
        "Renegotiating: role talk of the last three meetings at {:.0} % or more. All begin with a team that knows one another. {COUNTERFACTUAL}",
        100.0 * share
    )
}

/// Below outcomes by size of district.
pub(crate) fn by_size() -> String {
    format!(
        "What differs by size is turnover at the top (published) and the size of central offices and teams (assumed). {COUNTERFACTUAL}"
    )
}

/// Below what policies and programmes do.
pub(crate) fn policies() -> String {
    format!("Against the same partnerships without them. Their sizes are assumed. {COUNTERFACTUAL}")
}

/// What is said below pictures of a sweep where there is no share of noise.
pub(crate) const NOISE_UNTOLD: &str = "Noise is not told from effects.";

/// Below Morris's plane; `noise` says how much of it is noise, `rest` what is left out.
pub(crate) fn screening(two_levels: bool, noise: &str, rest: &str) -> String {
    format!(
        "Near the lower line a factor acts linearly and alone; above the upper one it bends or acts together with others. {}{noise}{rest}",
        when(two_levels, "A factor of two levels cannot show a bend. ")
    )
}

/// Below shares of variance.
pub(crate) fn indices(noise: &str, rest: &str) -> String {
    format!(
        "Whiskers: 95 % bootstrap intervals over base points; a share below zero is sampling error. {noise}{rest}"
    )
}

/// Below coefficients of a regression.
pub(crate) fn regression(noise: &str, rest: &str) -> String {
    format!("Whiskers: 95 % intervals. {noise}{rest}")
}

/// Below changes from end to end.
pub(crate) fn changes(rest: &str) -> String {
    format!(
        "Each factor from its lowest to its highest value, the largest span of its curve first; what factors do together does not show.{rest}"
    )
}

/// Below the curves of the `factors` that matter most.
pub(crate) fn courses(rows_and_runs: &str, factors: usize) -> String {
    format!(
        "{rows_and_runs}. The {factors} factors with the largest span, on one scale; what factors do together does not show."
    )
}

/// Below the curve of one factor; `common` if rows share their runs.
pub(crate) fn curve(common: bool) -> &'static str {
    match common {
        true => {
            "All rows share their runs: the curve is surer than the bands, which are those of each mean alone."
        }
        false => "All other factors stand at the baseline.",
    }
}

/// A sentence that gives the number of factors that are not drawn, if there are any.
pub(crate) fn rest(factors: usize) -> String {
    match factors {
        0 => String::new(),
        rest => format!(" {rest} more factors with less are not drawn."),
    }
}

/// Below a map over two factors; `written` if values stand in its cells. Each value is a mean
/// `over` a number of combinations of the other factors.
pub(crate) fn map(written: bool, over: usize) -> String {
    format!(
        "{}Lines run straight between the middles of cells.{}",
        when(written, "Below each mean: half of its 95 % Monte-Carlo interval. "),
        combinations(over)
    )
}

/// Below the curves of one factor by level of another: `common` if rows share their runs, `flat` if
/// nothing changes; `left_out` is the number of levels that are not drawn.
pub(crate) fn crossed(common: bool, flat: bool, left_out: usize, over: usize) -> String {
    let left_out = match left_out {
        0 => String::new(),
        levels => format!(" {levels} levels between are not drawn."),
    };
    format!(
        "Bands: 95 % Monte-Carlo intervals of each mean{}.{}{left_out}{}",
        when(
            common,
            "; rows share their runs, so that differences between curves are surer than the bands"
        ),
        // Where nothing changes there is nothing to add up.
        when(!flat, " Where curves run in parallel the factors simply add up."),
        combinations(over)
    )
}

fn combinations(over: usize) -> String {
    match over {
        0 | 1 => String::new(),
        over => format!(" Each mean is over {over} combinations of the other factors."),
    }
}

/// A warning about texts that PNG files cannot show in full, or `None` if they show all of them.
pub fn unseen<'a>(images: impl IntoIterator<Item = &'a Image>) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for text in images.into_iter().flat_map(|image| &image.unseen) {
        if !texts.contains(&text.as_str()) {
            texts.push(text);
        }
    }
    let quoted = |text: &&str| {
        let short: String = text.chars().take(QUOTED).collect();
        let more = if text.chars().count() > QUOTED { "…" } else { "" };
        format!("\u{201c}{short}{more}\u{201d}")
    };
    let rest = texts.len().saturating_sub(NAMED);
    let named: Vec<String> = texts.iter().take(NAMED).map(quoted).collect();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    (!named.is_empty()).then(|| {
        format!(
            "the font of the PNG pictures lacks characters of {}{more}: they show boxes; the SVG pictures keep them",
            named.join(", ")
        )
    })
}
