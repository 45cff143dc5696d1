//! The published patterns under every shipped theory, as tables and as a page.

mod page;

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, Made};
use super::summary::published;
use super::tables::{Rows, ends, number, optional};
use super::words::{counted, rounded};
use crate::model::Shipped;
use crate::scenario::World;
use crate::scenario::patterns::Use;
use crate::worlds::benchmark::independent_episodes;
use crate::worlds::joint::{Gathered, Group, Joint};
use crate::worlds::patterns::{Compared, Verdict, distance};
use crate::worlds::statistics::Estimated;
use crate::worlds::{Run, Runs, Stop, Stopped};
use serde_json::{Value, json};
use std::time::Instant;

/// The name of the benchmark.
const BENCHMARK: &str = "independent episodes";

/// The numbers that a theory is lived at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Those of the scenario, whatever theory they were chosen under.
    Shipped,
    /// Those that a search found for this theory, as the scenario states them.
    Refitted,
    /// None: the benchmark has no theory.
    None,
}

impl Numbers {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["shipped", "refitted", "none"][self as usize]
    }
}

/// Patterns under one theory.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnderTheory {
    /// The theory's word, or that of the benchmark.
    pub name: String,
    /// The numbers it is lived at.
    pub numbers: Numbers,
    /// The patterns.
    pub patterns: Vec<Compared>,
    /// How far the published record lies among the runs, by groups of patterns. The benchmark has
    /// only the patterns of meetings.
    pub joint: Vec<(Group, Joint)>,
}

impl UnderTheory {
    fn of(name: &str, numbers: Numbers, gathered: Gathered) -> UnderTheory {
        let holds = |group: &Group| numbers != Numbers::None || *group == Group::Meetings;
        let joint = |group: Group| (group, gathered.joint(group));
        let groups = Group::ALL.into_iter().filter(|group| *group != Group::Later);
        let joint = groups.filter(holds).map(joint).collect();
        UnderTheory { name: name.to_owned(), numbers, patterns: gathered.patterns, joint }
    }

    /// Its name, and whether it has numbers of its own.
    pub fn title(&self) -> String {
        match self.numbers {
            Numbers::Refitted => format!("{}, refitted", self.name),
            _ => self.name.clone(),
        }
    }

    /// Distance of the means from what was published, in sampling errors; `None` if a pattern to
    /// be fitted has no value at all.
    pub fn distance(&self) -> Option<f64> {
        let fitted = |c: &&Compared| c.pattern.used_for == Use::Fit;
        let complete = self.patterns.iter().filter(fitted).all(|c| c.simulated.mean.count() > 0);
        let patterns: Vec<_> = self.patterns.iter().map(|c| c.pattern.clone()).collect();
        let means: Vec<_> = self.patterns.iter().map(|c| Some(c.simulated.mean.mean())).collect();
        complete.then(|| distance(&patterns, &means))
    }

    /// How far the published record lies among the runs, by the patterns of a group.
    pub fn joint(&self, group: Group) -> Option<&Joint> {
        self.joint.iter().find(|(of, _)| *of == group).map(|(_, joint)| joint)
    }

    /// How near it comes, in lines for a terminal: the distance over patterns to be fitted, then how
    /// far the published record lies among the runs, by groups.
    pub fn told(&self) -> Vec<String> {
        let mut lines = vec![self.title()];
        let mut line = |what: &str, says: String| lines.push(format!("  {what:<22} {says}"));
        if self.numbers != Numbers::None {
            let distance = self.distance().map_or("–".into(), |distance| {
                format!(
                    "{} sampling errors a pattern, of the means of the runs",
                    rounded(distance, 2)
                )
            });
            line("distance, fit", distance);
        }
        for (group, joint) in &self.joint {
            line(&format!("joint, {}", group.word()), told(joint));
        }
        lines
    }

    /// The same for programs.
    pub fn to_json(&self) -> Value {
        let patterns = self.patterns.iter().map(|c| {
            json!({
                "pattern": c.pattern.name,
                "use": c.pattern.used_for,
                "mean": Some(c.simulated.mean.mean()).filter(|m| m.is_finite()),
                "place": c.place(),
                "verdict": c.verdict(),
            })
        });
        let joint = self.joint.iter().map(|(group, joint)| {
            let off = &joint.off;
            json!({
                "group": group,
                "joint": joint,
                "verdict": verdict(joint),
                "run_distance": Some(off.mean()).filter(|m| m.is_finite()),
                "run_distance_error": Some(off.error()).filter(|e| e.is_finite()),
            })
        });
        json!({
            "theory": self.name,
            "numbers": self.numbers.word(),
            "distance": self.distance(),
            "joint": joint.collect::<Vec<_>>(),
            "patterns": patterns.collect::<Vec<_>>(),
        })
    }
}

/// Whether the published record is one that the runs could have given.
fn verdict(joint: &Joint) -> Verdict {
    match &joint.among {
        None => Verdict::Unknown,
        Some(among) if among.is_outside() => Verdict::Out,
        Some(_) => Verdict::In,
    }
}

/// Where the published record lies, in words.
pub fn told(joint: &Joint) -> String {
    let mut lacks = String::new();
    for (what, names) in [("without", &joint.lacking), ("always met:", &joint.constant)] {
        if !names.is_empty() {
            lacks.push_str(&format!(", {what} {}", names.join(", ")));
        }
    }
    let patterns = counted(joint.patterns.len() as u64, "pattern");
    let Some(among) = &joint.among else {
        let few = if joint.patterns.is_empty() { "" } else { ", too few runs" };
        return format!("– ({patterns}{lacks}{few})");
    };
    let outside = if among.is_outside() { "outside" } else { "within" };
    format!(
        "at {}, farther than {} of {}: {outside} their central 95 % ({patterns}{lacks})",
        rounded(among.distance, 1),
        share(among.nearer),
        counted(joint.runs, "run"),
    )
}

/// A share in percent, with a decimal near the ends.
fn share(of: f64) -> String {
    let places = i32::from(of > 0.0 && of < 0.01 || of > 0.99 && of < 1.0);
    format!("{} %", rounded(100.0 * of, places))
}

/// Whether single runs under a theory lie nearer to the published record of the meetings than
/// independent episodes do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// They lie nearer.
    Nearer,
    /// They lie farther off.
    Farther,
    /// So many runs do not tell.
    Untold,
}

/// The patterns of a world under every shipped theory, and without any.
#[derive(Clone, Debug)]
pub struct Theories<'a> {
    /// The world.
    pub world: &'a World,
    /// Runs of each theory.
    pub runs: u64,
    /// Their seed.
    pub seed: u64,
    /// The standard theory, the benchmark of independent episodes if there is one, the rivals; each
    /// as shipped and, where the world states numbers for it, refitted.
    pub compared: Vec<UnderTheory>,
    seconds: f64,
}

impl Theories<'_> {
    /// Runs a world under every theory. `step` hears of each run.
    ///
    /// # Errors
    /// If it was stopped, a run cannot be founded or lived, or numbers that the world states for a
    /// theory are not allowed together with its own.
    pub fn compare<'a>(
        world: &'a World,
        runs: u64,
        seed: u64,
        stop: Stop<'_>,
        mut step: impl FnMut(),
    ) -> Result<Theories<'a>, ReportError> {
        let began = Instant::now();
        let mut compared = Vec::new();
        for theory in Shipped::ALL {
            let refitted = world.refitted_under(*theory)?.map(|own| (Numbers::Refitted, own));
            let shipped = (Numbers::Shipped, world.under(*theory));
            for (numbers, under) in std::iter::once(shipped).chain(refitted) {
                let mut gathered = Gathered::of(&under);
                let all = Runs { stop, ..Runs::of([&under], runs, seed) };
                all.fold(
                    |run: Run| Gathered::of_run(world, run.record()),
                    |values| {
                        gathered.add(values);
                        step();
                        Ok::<(), Stopped>(())
                    },
                )?;
                compared.push(UnderTheory::of(theory.word(), numbers, gathered));
            }
            if *theory == Shipped::Standard {
                let benchmark = independent_episodes(world, seed, runs);
                let benchmark = benchmark.map(|all| UnderTheory::of(BENCHMARK, Numbers::None, all));
                compared.extend(benchmark);
            }
        }
        Ok(Theories { world, runs, seed, compared, seconds: began.elapsed().as_secs_f64() })
    }

    /// How much farther a single run under a theory lies from the published record of the meetings
    /// than one of independent episodes, in sampling errors. `None` if there is no benchmark, or the
    /// theory lacks a pattern that the benchmark has.
    pub fn beside_benchmark(&self, theory: &UnderTheory) -> Option<(Estimated, Beside)> {
        let benchmark = self.compared.iter().find(|under| under.numbers == Numbers::None)?;
        let of = |under: &UnderTheory| under.joint(Group::Meetings).cloned();
        let (theirs, own) = (of(benchmark)?, of(theory)?);
        if theirs.lacking != own.lacking || own.off.count() == 0 || theory.numbers == Numbers::None
        {
            return None;
        }
        let more = own.off.estimate().less(&theirs.off.estimate());
        let beside = match more.interval() {
            Some((_, high)) if high < 0.0 => Beside::Nearer,
            Some((low, _)) if low > 0.0 => Beside::Farther,
            _ => Beside::Untold,
        };
        Some((more, beside))
    }

    /// Whether the standard theory beats independent episodes where both can be compared, in a
    /// sentence. `None` if there is no benchmark.
    pub fn against_benchmark(&self) -> Option<String> {
        let standard = self.compared.first()?;
        let (more, beside) = self.beside_benchmark(standard)?;
        let says = match beside {
            Beside::Nearer => "beats independent episodes",
            Beside::Farther => "does not beat independent episodes; they do better",
            Beside::Untold => "does not beat independent episodes; neither lies nearer for sure",
        };
        let interval = more.interval().map_or(String::new(), |(low, high)| {
            format!(" (95 % Monte-Carlo interval {} to {})", rounded(low, 2), rounded(high, 2))
        });
        let by = rounded(more.value.abs(), 2);
        let way = if more.value < 0.0 { "nearer to" } else { "farther from" };
        Some(format!(
            "On the patterns of meetings the model {says}: a run lies {by} sampling errors {way} the published record than one of independent episodes{interval}."
        ))
    }

    /// Makes the folder: two tables, and the same as a page.
    ///
    /// # Errors
    /// If somebody asked to stop, or the system refuses.
    pub fn write(&self, mut folder: Folder) -> Result<Made, ReportError> {
        let Theories { world, runs, seed, compared, seconds } = self;
        folder.table(dictionary::JOINT, &joint_table(compared))?;
        folder.table(dictionary::THEORIES, &table(compared))?;
        folder.write("patterns.md", page::page(self).as_bytes())?;
        folder.write("scenario.toml", world.to_toml().as_bytes())?;
        folder.log(json!({ "seconds_for_runs": seconds }))?;
        let beyond = world.beyond_horizon();
        folder.finish(*world, json!({ "seed": seed, "runs": runs, "beyond_horizon": beyond }))
    }
}

/// The table [`dictionary::JOINT`].
pub fn joint_table(theories: &[UnderTheory]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::JOINT);
    for theory in theories {
        for (group, joint) in &theory.joint {
            rows.push(joint_row(&theory.name, theory.numbers.word(), *group, joint));
        }
    }
    rows.bytes()
}

/// A row of that table.
pub(super) fn joint_row(theory: &str, numbers: &str, group: Group, joint: &Joint) -> Vec<String> {
    let among = |of: fn(&crate::worlds::statistics::Among) -> f64| joint.among.as_ref().map(of);
    vec![
        theory.to_owned(),
        numbers.to_owned(),
        group.word().to_owned(),
        joint.patterns.join("; "),
        joint.constant.join("; "),
        joint.lacking.join("; "),
        joint.runs.to_string(),
        joint.left_out.to_string(),
        optional(among(|a| a.distance)),
        optional(among(|a| a.usual)),
        optional(among(|a| a.limit)),
        optional(among(|a| a.nearer)),
        optional(among(|a| a.p)),
        verdict(joint).word().to_owned(),
        number(joint.off.mean()),
        number(joint.off.error()),
        number(joint.score.mean()),
        number(joint.score.error()),
    ]
}

/// The table [`dictionary::THEORIES`].
pub fn table(theories: &[UnderTheory]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::THEORIES);
    for theory in theories {
        for compared in &theory.patterns {
            let (pattern, mean) = (&compared.pattern, &compared.simulated.mean);
            let sampling = pattern.sampling_interval();
            let (low, high) = compared.interval();
            let [from, to] = ends(sampling);
            rows.push([
                theory.name.clone(),
                theory.numbers.word().to_owned(),
                pattern.name.clone(),
                pattern.title.clone(),
                published(&pattern.published),
                from,
                to,
                number(compared.median()),
                number(low),
                number(high),
                number(mean.mean()),
                number(mean.error()),
                optional(compared.place()),
                compared.verdict().word().to_owned(),
                pattern.used_for.word().to_owned(),
            ]);
        }
    }
    rows.bytes()
}
