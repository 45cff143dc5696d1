//! All patterns together: how far the published record lies among runs.
//!
//! Where each of many published values lies among the runs says little: a model with runs wide
//! enough has them all, and hardly ever a run that has them at once. So the published record is
//! compared with the runs as a whole ([`Among`]): each run is one record of as many values, and the
//! published one is one more.

use super::patterns::Compared;
use super::statistics::{Among, Mean};
use crate::measure::Part;
use crate::measure::record::RunRecord;
use crate::scenario::World;
use crate::scenario::patterns::{Pattern, Published, Use};
use serde::Serialize;

/// Runs that are kept for the comparison: the first so many. More would hardly change a share of
/// runs, and memory is not to grow with their number.
const KEPT: usize = 10_000;

/// A pattern that more than one run in so many lacks is left out; otherwise the runs that lack it
/// are.
const ONE_IN: usize = 20;

/// Patterns that are looked at together: those of some kind that have one published value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Those that a search may fit.
    Fit,
    /// Those that no search and no choice looked at.
    Prediction,
    /// All, whatever they are used for.
    All,
    /// Those read off the meetings alone, whatever they are used for.
    Meetings,
    /// Those of the later part of the record, whatever they are used for.
    Later,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 5] =
        [Group::Fit, Group::Prediction, Group::All, Group::Meetings, Group::Later];

    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["fit", "prediction", "all", "meetings", "later"][self as usize]
    }

    fn holds(self, pattern: &Pattern) -> bool {
        matches!(pattern.published, Published::Value(_))
            && match self {
                Group::Fit => pattern.used_for == Use::Fit,
                Group::Prediction => pattern.used_for == Use::Prediction,
                Group::All => true,
                Group::Later => pattern.later,
                Group::Meetings => matches!(pattern.measure.part, Some(Part::Meetings(_))),
            }
    }
}

/// The values of many runs, pattern by pattern and run by run.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// Each pattern over all runs.
    pub patterns: Vec<Compared>,
    /// The values of the first runs, in the order of the runs.
    runs: Vec<Vec<Option<f64>>>,
}

/// The values of one run, in the order of the patterns: see [`Compared::of_run`].
pub type OfRun = Vec<(Option<f64>, Vec<Option<f64>>)>;

impl Gathered {
    /// The patterns of a world, without runs yet.
    pub fn of(world: &World) -> Gathered {
        Gathered { patterns: world.patterns.iter().map(Compared::new).collect(), runs: Vec::new() }
    }

    /// The values of one run.
    pub fn of_run(world: &World, run: &RunRecord) -> OfRun {
        world.patterns.iter().map(|pattern| Compared::of_run(pattern, run)).collect()
    }

    /// Takes one run's values in.
    pub fn add(&mut self, values: OfRun) {
        if self.runs.len() < KEPT {
            self.runs.push(values.iter().map(|(value, _)| *value).collect());
        }
        self.patterns.iter_mut().zip(values).for_each(|(pattern, value)| pattern.add(value));
    }

    /// How far the published record lies among the runs, by the patterns of a group.
    pub fn joint(&self, group: Group) -> Joint {
        let patterns = self.patterns.iter().map(|compared| &compared.pattern);
        joint(&patterns.collect::<Vec<_>>(), &self.runs, group)
    }
}

/// How far the published record lies among runs, by several patterns together.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Joint {
    /// The names of the patterns that it rests on.
    pub patterns: Vec<String>,
    /// Those that tell nothing: every run has the published value.
    pub constant: Vec<String>,
    /// Those left out because more than 5 % of the runs have no value.
    pub lacking: Vec<String>,
    /// How many runs it rests on.
    pub runs: u64,
    /// How many were left out because they have no value for one of the patterns.
    pub left_out: u64,
    /// Where the published record lies. `None` without a pattern, or below 39 runs.
    pub among: Option<Among>,
    /// Distance of a single run from the published record: over those of the patterns whose sampling
    /// error is known, the root mean square of the difference in units of this error. A partnership
    /// that differs from the published one by sampling alone is at a distance of about 1.
    #[serde(skip)]
    pub off: Mean,
    /// The energy score (Gneiting and Raftery 2007): that distance less half of the distance between
    /// two runs, over pairs of runs. The less the better; runs that scatter too much and runs that
    /// scatter too little both lose, so that it tells two models apart by what they foretell.
    #[serde(skip)]
    pub score: Mean,
}

fn joint(patterns: &[&Pattern], runs: &[Vec<Option<f64>>], group: Group) -> Joint {
    let mut places: Vec<(usize, f64)> = Vec::new();
    let mut lacking = Vec::new();
    for (place, pattern) in patterns.iter().enumerate().filter(|(_, pattern)| group.holds(pattern))
    {
        let Published::Value(published) = pattern.published else { continue };
        let without = runs.iter().filter(|run| run[place].is_none()).count();
        match without * ONE_IN > runs.len() {
            true => lacking.push(pattern.name.clone()),
            false => places.push((place, published)),
        }
    }
    let whole = |run: &Vec<Option<f64>>| places.iter().map(|(place, _)| run[*place]).collect();
    let mut records: Vec<Vec<f64>> = runs.iter().filter_map(whole).collect();
    let left_out = (runs.len() - records.len()) as u64;

    let sampling: Vec<_> = places.iter().map(|(place, _)| patterns[*place].sampling_sd()).collect();
    // Root mean square difference in sampling errors; none if no error is known.
    let apart = |one: &[f64], other: &[f64]| -> Option<f64> {
        let differences = one.iter().zip(other).zip(&sampling);
        let squares: Vec<f64> = differences
            .filter_map(|((one, other), sd)| Some((one - other) / (*sd)?))
            .map(|off| off * off)
            .collect();
        let mean = squares.iter().sum::<f64>() / squares.len() as f64;
        (!squares.is_empty()).then(|| libm::sqrt(mean))
    };
    let record: Vec<f64> = places.iter().map(|(_, published)| *published).collect();
    let (mut off, mut score) = (Mean::default(), Mean::default());
    records.iter().filter_map(|run| apart(run, &record)).for_each(|far| off.add(far));
    for pair in records.chunks_exact(2) {
        let far = apart(&pair[0], &record).zip(apart(&pair[1], &record));
        if let Some(((one, other), between)) = far.zip(apart(&pair[0], &pair[1])) {
            score.add(0.5 * (one + other) - 0.5 * between);
        }
    }

    // A published value is known to the step of its measure.
    let told = |at: usize| {
        let (place, published) = places[at];
        let half = 0.5 * patterns[place].measure.step + 1e-9;
        records.iter().any(|record| (record[at] - published).abs() > half)
    };
    let (told, constant): (Vec<usize>, Vec<usize>) = (0..places.len()).partition(|at| told(*at));
    let names = |all: &[usize]| all.iter().map(|at| patterns[places[*at].0].name.clone()).collect();
    let published: Vec<f64> = told.iter().map(|at| places[*at].1).collect();
    for record in &mut records {
        *record = told.iter().map(|at| record[*at]).collect();
    }
    let among = Among::runs(&published, &records);
    let (patterns, constant) = (names(&told), names(&constant));
    Joint { patterns, constant, lacking, runs: records.len() as u64, left_out, among, off, score }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::World;

    /// Two patterns of meetings and one of something else, of several uses.
    fn world() -> World {
        let text = "extends = \"quiet\"\n\
            [pattern.a]\nmeasure = \"role_share\"\npublished = 0.25\ncount = [25, 100]\nuse = \"fit\"\n\
            [pattern.b]\nmeasure = \"peak_share\"\nmeetings = [1, 9]\npublished = 0.5\ncount = [50, 100]\nuse = \"prediction\"\n\
            [pattern.c]\nmeasure = \"settlements\"\npublished = 2\nuse = \"report\"\n\
            [pattern.d]\nmeasure = \"role_share\"\naccept = [0.1, 0.2]\nuse = \"report\"\n\
            [pattern]\nC1a.enabled = false\nC1b.enabled = false\n";
        World::from_text("small", text).expect("a world")
    }

    fn gathered(runs: impl IntoIterator<Item = [Option<f64>; 3]>) -> Gathered {
        let mut all = Gathered::of(&world());
        for [a, b, c] in runs {
            all.add(vec![(a, vec![]), (b, vec![]), (c, vec![]), (Some(0.15), vec![])]);
        }
        all
    }

    /// Runs around the published record that go up and down.
    fn around(i: u64) -> [Option<f64>; 3] {
        let part = |step: u64, n: u64| (i * step % n) as f64 / n as f64 - 0.5;
        [Some(0.25 + 0.1 * part(7, 101)), Some(0.5 + 0.2 * part(13, 89)), Some((i % 5) as f64)]
    }

    #[test]
    fn groups_hold_the_patterns_of_their_kind_that_have_one_value() {
        let all = gathered((0..100).map(around));
        let names = |group| all.joint(group).patterns;
        assert_eq!(names(Group::Fit), ["a"]);
        assert_eq!(names(Group::Prediction), ["b"]);
        assert_eq!(names(Group::All), ["a", "b", "c"]);
        assert_eq!(names(Group::Meetings), ["a", "b"]);
        let among = all.joint(Group::All).among.expect("a place");
        assert!(among.nearer < 0.5 && among.distance < among.limit, "{among:?}");
    }

    #[test]
    fn a_pattern_that_many_runs_lack_is_left_out_and_few_runs_otherwise() {
        let lacking = |one_in: u64| {
            gathered((0..100).map(|i| match (around(i), i % one_in) {
                ([a, b, _], 0) => [a, b, None],
                (run, _) => run,
            }))
            .joint(Group::All)
        };
        let few = lacking(20);
        assert_eq!((few.lacking.len(), few.runs, few.left_out), (0, 95, 5));
        let many = lacking(10);
        assert_eq!((many.lacking, many.runs, many.left_out), (vec!["c".to_owned()], 100, 0));
        assert_eq!(many.patterns, ["a", "b"]);
    }

    #[test]
    fn what_every_run_has_as_published_tells_nothing_and_what_none_has_tells_most() {
        let with = |c: f64| gathered((0..100).map(|i| [around(i)[0], around(i)[1], Some(c)]));
        let met = with(2.0).joint(Group::All);
        assert_eq!(
            (met.patterns, met.constant),
            (vec!["a".into(), "b".into()], vec!["c".to_owned()])
        );
        assert!(met.among.expect("a place").nearer < 0.5);
        let missed = with(0.0).joint(Group::All);
        assert_eq!((missed.patterns.len(), missed.constant.len()), (3, 0));
        let missed = missed.among.expect("a place");
        assert!(missed.is_outside() && missed.nearer == 1.0);
    }

    #[test]
    fn a_run_is_as_far_off_as_its_values_are_in_sampling_errors() {
        let sd = |place: usize| world().patterns[place].sampling_sd().expect("a count");
        let all = gathered([[Some(0.25 + sd(0)), Some(0.5 - sd(1)), Some(90.0)]; 2]);
        assert!((all.joint(Group::Meetings).off.mean() - 1.0).abs() < 1e-9);
        let as_published = gathered([[Some(0.25), Some(0.5), Some(90.0)]; 2]);
        assert_eq!(as_published.joint(Group::Meetings).off.mean(), 0.0);
    }

    #[test]
    fn without_a_pattern_or_runs_there_is_no_place() {
        assert!(gathered([]).joint(Group::All).among.is_none());
        let mut none = gathered((0..100).map(around));
        none.patterns.iter_mut().for_each(|compared| compared.pattern.used_for = Use::Report);
        let joint = none.joint(Group::Fit);
        assert!(joint.among.is_none() && joint.patterns.is_empty());
    }
}
