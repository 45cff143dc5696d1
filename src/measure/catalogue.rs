//! The catalogue of measures: everything that is read off a run, or off a run and the same run in
//! another world.
//!
//! A [`Measure`] knows its name, its unit, which way is better, how a difference of it is said,
//! what it needs and how it is read. Tables, pictures, sentences, comparisons, sweeps, searches
//! and patterns ask it and know nothing more. To add one, write a row in [`all`] (or, for
//! patterns with keys of their own, in [`PUBLISHABLE`]); a program adds its own with
//! [`Measure::of_run`] or [`Measure::of_pair`].

use super::normal::{Band, months_lost};
use super::practices::PRACTICES;
use super::readings::{Meetings, WHOLE};
use super::record::RunRecord;
use crate::ids::{Month, RoleId};
use crate::model::Setup;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// Months by which a world is behind another.
pub const MONTHS_LOST: &str = "months_lost";
/// Work done by the horizon.
pub const WORK: &str = "work";
/// The budget that falls in delayed months.
pub const BUDGET_DELAYED: &str = "budget_delayed";
/// Money spent on interventions.
pub const PRICE: &str = "price";
/// Months until talk is back to normal.
pub const BACK_TO_NORMAL: &str = "back_to_normal";
/// The role share of all meetings.
pub const ROLE_SHARE: &str = "role_share";
/// Whether the partnership is alive at the horizon.
pub const SURVIVAL: &str = "survival";

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More of it.
    More,
    /// Less of it.
    Less,
}

/// What stands behind a published value: k of n, told as a share or as the number k, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A share, from 0 to 1.
    Share,
    /// A number of people or meetings.
    Number,
    /// Something else.
    Neither,
}

/// Which part of a run a measure reads, where it reads only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The episodes of a range of meetings, and nothing else.
    Meetings(Meetings),
    /// Windows of so many months.
    Windows(u32),
    /// Those who gave an answer in an interview plan: this role, or `None` for "uncertain".
    Answers {
        /// The interview plan.
        plan: usize,
        /// The role named.
        role: Option<RoleId>,
    },
}

/// The words in which a difference is said: "the partnership ends", 0.7 months, "behind".
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Words {
    /// The beginning of a sentence that an amount and a direction end.
    pub begin: String,
    /// The words for more and for less at the end of a sentence.
    pub long: [&'static str; 2],
    /// The same in a range.
    pub short: [&'static str; 2],
    /// The words for no difference.
    pub same: &'static str,
    /// What is counted: one, and several; empty where nothing is said.
    pub unit: [&'static str; 2],
}

/// A run as a measure sees it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The run.
    pub run: &'a RunRecord,
    /// The month of the first shock in any of the worlds that are compared.
    pub since: Option<Month>,
    /// What role share is normally.
    pub normal: &'a Band,
}

/// A value, and whether it is only known to be at least so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The number.
    pub value: f64,
    /// It had not happened by the horizon.
    pub censored: bool,
}

/// A measure in the same run of two worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paired {
    /// The value in the base; `None` for measures of pairs.
    pub base: Option<f64>,
    /// The value in the variant; `None` for measures of pairs.
    pub variant: Option<f64>,
    /// The variant less the base.
    pub difference: Option<f64>,
    /// Whether the value of the base, and of the variant, is only known to be at least so much.
    pub censored: [bool; 2],
}

type OfRun = dyn Fn(Seen<'_>) -> Option<Value> + Send + Sync;
type OfPair = dyn Fn(&RunRecord, &RunRecord) -> Option<f64> + Send + Sync;
/// What must be alike in two worlds: its name, and its value in a setup.
type Alike = fn(&Setup) -> (&'static str, String);

#[derive(Clone)]
enum Read {
    Run(Arc<OfRun>),
    Pair(Arc<OfPair>),
}

/// Something that is measured in a run, or in a run and the same run in another world.
///
/// ```
/// use rppsim::measure::Measure;
/// use rppsim::model::RunId;
/// use rppsim::scenario::World;
///
/// let projects = Measure::of_run("projects", "projects completed", "number", |run| {
///     Some(f64::from(run.projects))
/// });
/// let run = World::open("cypress").unwrap().run(RunId::new(1, 1)).unwrap();
/// assert!(projects.of(&run).unwrap() >= 0.0);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Measure {
    /// Its name in tables and on the command line.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Which way is better; `None` where neither is (more talk about roles is not worse talk).
    pub better: Option<Better>,
    /// The smallest difference that counts, in its unit; 0: every difference does.
    pub smallest: f64,
    /// The step in which its distribution is kept: exact for counts, below what is printed
    /// otherwise.
    pub step: f64,
    /// What stands behind a published value of it.
    pub counted: Counted,
    /// Which part of a run it reads, if only one.
    pub part: Option<Part>,
    /// How a difference is said.
    pub words: Words,
    /// Its unit is a currency.
    pub is_money: bool,
    /// It needs the band of what is normal.
    pub needs_normal: bool,
    /// Its rank among those that are shown where there is no room for all; 0 comes first.
    pub rank: Option<u8>,
    /// In which worlds it is compared when none is named.
    shown: fn(&Setup) -> bool,
    alike: Option<Alike>,
    read: Read,
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.unit)
    }
}

impl Measure {
    /// A number of a run.
    pub fn of_run(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(&RunRecord) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        Measure::of_seen(name, title, unit, move |seen| {
            of(seen.run).map(|value| Value { value, censored: false })
        })
    }

    /// A number of a run that may be censored, or that needs what is normal.
    pub fn of_seen(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(Seen<'_>) -> Option<Value> + Send + Sync + 'static,
    ) -> Self {
        Measure::new(name, title, unit, Read::Run(Arc::new(of)))
    }

    /// A number of a run and the same run in another world, with which it is compared.
    pub fn of_pair(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(&RunRecord, &RunRecord) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        Measure::new(name, title, unit, Read::Pair(Arc::new(of)))
    }

    fn new(name: &str, title: &str, unit: &str, read: Read) -> Self {
        let of_unit = match unit {
            "share" => ["percentage point", "percentage points"],
            "months" | "month" => ["month", "months"],
            "work" => ["unit", "units"],
            _ => [""; 2],
        };
        let words = Words {
            begin: format!("{title} is"),
            long: ["higher", "lower"],
            short: ["higher", "lower"],
            same: "the same as",
            unit: of_unit,
        };
        Measure {
            name: name.into(),
            title: title.into(),
            unit: unit.into(),
            better: None,
            smallest: 0.0,
            step: match unit {
                "months" | "month" => 0.01,
                _ => 0.0005,
            },
            counted: Counted::Neither,
            part: None,
            words,
            is_money: false,
            needs_normal: false,
            rank: None,
            shown: |_| true,
            alike: None,
            read,
        }
    }

    /// More of it is better.
    #[must_use]
    pub fn more_is_better(self) -> Self {
        Measure { better: Some(Better::More), ..self }
    }

    /// Less of it is better.
    #[must_use]
    pub fn less_is_better(self) -> Self {
        Measure { better: Some(Better::Less), ..self }
    }

    /// A difference below this does not count.
    #[must_use]
    pub fn counts_from(self, smallest: f64) -> Self {
        Measure { smallest, ..self }
    }

    /// Says a difference in words of its own: the beginning of the sentence, and the words for
    /// more and for less.
    #[must_use]
    pub fn said(mut self, begin: &str, more_and_less: [&'static str; 2]) -> Self {
        self.words.begin = begin.into();
        (self.words.long, self.words.short) = (more_and_less, more_and_less);
        self
    }

    /// Keeps its distribution in other steps.
    #[must_use]
    pub fn in_steps(self, step: f64) -> Self {
        Measure { step, ..self }
    }

    fn said_at_length(mut self, more_and_less: [&'static str; 2]) -> Self {
        self.words.long = more_and_less;
        self
    }

    fn ranked(self, rank: u8) -> Self {
        Measure { rank: Some(rank), ..self }
    }

    /// Compares it only in worlds that are like this, where no measure is named.
    #[must_use]
    pub fn shown_where(self, shown: fn(&Setup) -> bool) -> Self {
        Measure { shown, ..self }
    }

    fn alike_in(self, alike: Alike) -> Self {
        Measure { alike: Some(alike), ..self }
    }

    fn in_money(self, step: f64) -> Self {
        Measure { is_money: true, step, ..self }
    }

    fn of_part(self, part: Part) -> Self {
        Measure { part: Some(part), ..self }
    }

    /// Whether only a pair of worlds has it, not each of them.
    pub fn is_of_pairs(&self) -> bool {
        matches!(self.read, Read::Pair(_))
    }

    /// Whether it is a share of 1, told in percent.
    pub fn is_share(&self) -> bool {
        self.unit == "share"
    }

    /// Whether it is compared in a world when no measure is named.
    pub fn is_shown_in(&self, setup: &Setup) -> bool {
        (self.shown)(setup)
    }

    /// What two worlds must have alike for it to mean the same in both: a name, and whatever
    /// defines it in a setup.
    pub fn definition(&self, setup: &Setup) -> Option<(&'static str, String)> {
        self.alike.map(|alike| alike(setup))
    }

    /// Its value in a run; `None` for measures of pairs, or if there is nothing to measure.
    pub fn seen_in(&self, seen: Seen<'_>) -> Option<Value> {
        match &self.read {
            Read::Run(of) => of(seen),
            Read::Pair(_) => None,
        }
    }

    /// Its value in a run alone; `None` where it needs another world, or what is normal, or if
    /// there is nothing to measure.
    pub fn of(&self, run: &RunRecord) -> Option<f64> {
        let normal = &Band::default();
        self.seen_in(Seen { run, since: run.first_shock, normal }).map(|value| value.value)
    }

    /// Its value in a run and in the same run of another world.
    pub fn paired(&self, variant: Seen<'_>, base: Seen<'_>) -> Paired {
        let (ours, theirs) = (self.seen_in(variant), self.seen_in(base));
        let censored = [theirs, ours].map(|value| value.is_some_and(|value| value.censored));
        let [theirs, ours] = [theirs, ours].map(|value| value.map(|value| value.value));
        let difference = match &self.read {
            Read::Run(_) => ours.zip(theirs).map(|(ours, theirs)| ours - theirs),
            Read::Pair(of) => of(variant.run, base.run),
        };
        Paired { base: theirs, variant: ours, difference, censored }
    }
}

/// A measure that is wanted: by its name in the catalogue, or one of a user's own.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// The one of this name.
    Named(String),
    /// This one.
    Own(Measure),
}

impl From<&str> for Wanted {
    fn from(name: &str) -> Self {
        Wanted::Named(name.to_owned())
    }
}

impl From<&String> for Wanted {
    fn from(name: &String) -> Self {
        Wanted::Named(name.clone())
    }
}

impl From<&Wanted> for Wanted {
    fn from(wanted: &Wanted) -> Self {
        wanted.clone()
    }
}

impl From<Measure> for Wanted {
    fn from(measure: Measure) -> Self {
        Wanted::Own(measure)
    }
}

/// Currency, and the budget of a month of the partnership if it is stated.
pub type Budget<'a> = (&'a str, Option<f64>);

/// Every measure of a world, in the order of the tables.
pub fn all(setup: &Setup, budget: Option<Budget<'_>>) -> Vec<Measure> {
    let alive = format!("alive after {} months", setup.calendar.months);
    let mut all = vec![
        months_behind(),
        Measure::of_run(WORK, "work done", "work", RunRecord::work)
            .more_is_better()
            .in_steps(0.01)
            .said("the partnership does", ["more", "less"])
            .said_at_length(["more joint work", "less joint work"]),
        Measure::of_run("prioritized", "work weighted by what is wanted", "work", |run| {
            Some(run.ledger.prioritized)
        })
        .more_is_better()
        .in_steps(0.01)
        .alike_in(|setup| ("what organizations want", wants(setup)))
        .ranked(2)
        .said("weighted by what the partners want, the partnership does", ["more", "less"])
        .said_at_length(["more work", "less work"]),
        Measure::of_run(
            "milestone_delay",
            "delay of milestones",
            "months",
            RunRecord::milestone_delay,
        )
        .less_is_better()
        .in_steps(0.0005)
        .alike_in(|setup| {
            let work = &setup.parameters.work;
            let promised = (work.effort, work.milestones, work.projects, work.planned_pace);
            ("what was promised", format!("{promised:?}"))
        })
        .as_soon_as("milestones come"),
        talk(),
        Measure::of_run("peak_share", "peak of talk about roles", "share", |run| peak(run, WHOLE))
            .shown_where(|_| false),
        Measure::of_run("settlements", "settlements", "number", settlements).shown_where(|_| false),
        back_to_normal("months until talk is back to normal"),
        Measure::of_seen(
            "settlement_month",
            "month of the first settlement",
            "month",
            |Seen { run, .. }| {
                Some(match run.settlements.first() {
                    Some(settled) => Value { value: f64::from(settled.at.month), censored: false },
                    None => Value { value: run.months.len() as f64, censored: true },
                })
            },
        )
        .as_soon_as("roles are first settled"),
        Measure::of_run("trust", "trust of the team", "0 to 1", RunRecord::trust)
            .more_is_better()
            .ranked(5)
            .said("trust within the team is", ["higher", "lower"])
            .said_at_length(["higher on a scale from 0 to 1", "lower on a scale from 0 to 1"]),
    ];
    all.extend(setup.organizations.iter().enumerate().map(|(o, organization)| {
        let title = format!("benefit to {}", organization.name.replace('_', " "));
        Measure::of_run(&format!("benefit.{}", organization.name), &title, "benefit", move |run| {
            run.benefits.get(o).copied()
        })
        .more_is_better()
        .alike_in(|setup| {
            let rule = &setup.parameters.benefit;
            let counted = (rule.asks, rule.off_mission, rule.memory);
            let incentives: Vec<f64> = setup.organizations.iter().map(|o| o.incentive).collect();
            ("what counts as benefit", format!("{}{counted:?}{incentives:?}", wants(setup)))
        })
        .said_at_length(["higher (1 is the fullest)", "lower (1 is the fullest)"])
    }));
    all.extend([
        Measure::of_run("breaches", "breaches seen", "number", RunRecord::breaches)
            .less_is_better()
            .alike_in(|setup| {
                let latitude = setup.parameters.learning.latitude;
                ("what counts as a breach", format!("{latitude:?}"))
            })
            .said("people see", ["more", "fewer"])
            .said_at_length([
                "more acts that break what they expect",
                "fewer acts that break what they expect",
            ]),
        Measure::of_run(SURVIVAL, &alive, "share", RunRecord::survives)
            .more_is_better()
            .ranked(6)
            .shown_where(|setup| setup.parameters.benefit.renewal_every > 0.0)
            .said(&format!("the share of partnerships {alive} is"), ["higher", "lower"]),
        Measure::of_run("set_aside", "work set aside for interventions", "work", |run| {
            Some(run.ledger.set_aside)
        })
        .less_is_better()
        .in_steps(0.0005)
        .shown_where(|setup| !setup.interventions.is_empty()),
        Measure::of_run("results_used", "results used", "work", |run| Some(run.ledger.used))
            .more_is_better()
            .in_steps(0.01)
            .shown_where(|setup| {
                setup.organizations.iter().any(|o| o.capacity < 1.0) || setup.is_funded()
            })
            .said("results used come to", ["more", "less"]),
        Measure::of_run("positions", "paid positions held", "share", RunRecord::positions)
            .more_is_better()
            .shown_where(|setup| setup.seats.iter().any(|seat| seat.salary > 0.0))
            .said("the share of paid positions held is", ["higher", "lower"]),
    ]);
    all.extend(PRACTICES.iter().enumerate().map(|(i, practice)| {
        let begin = format!("on the advice to {} the partnership scores", practice.advice);
        let name = format!("practice.{}", practice.name);
        Measure::of_run(&name, practice.advice, practice.unit, move |run| run.practices[i])
            .more_is_better()
            .shown_where(|_| false)
            .said(&begin, ["higher", "lower"])
            .said_at_length(["higher (1 is the most)", "lower (1 is the most)"])
    }));
    if let Some((currency, Some(month))) = budget {
        let title = "budget that falls in delayed months";
        let delayed =
            move |run: &RunRecord, base: &RunRecord| Some(months_lost(run, base)? * month);
        all.push(
            Measure::of_pair(BUDGET_DELAYED, title, currency, delayed)
                .less_is_better()
                .in_money(1.0)
                .ranked(1)
                .said("the budget that falls in delayed months is", ["more", "less"]),
        );
    }
    let currency = budget.map_or("money", |(currency, _)| currency);
    all.push(
        Measure::of_run(PRICE, "price of interventions", currency, |run| Some(run.ledger.spent))
            .less_is_better()
            .in_money(0.01)
            .shown_where(|setup| setup.interventions.iter().any(|i| i.cost.is_priced()))
            .said("interventions cost", ["more", "less"]),
    );
    all.push(
        Measure::of_pair("role_share_rise", "rise of talk about roles", "share", |run, base| {
            Some(run.role_share(WHOLE)? - base.role_share(WHOLE)?)
        })
        .shown_where(|_| false),
    );
    all
}

/// What the shocks of a world are said to have done, in the order of the table of effects.
pub fn effects(setup: &Setup) -> Vec<Measure> {
    let share = |Seen { run, since, .. }: Seen<'_>| {
        run.role_share_since(since?).map(|value| Value { value, censored: false })
    };
    let since = Measure::of_seen(
        "role_share_since_shock",
        "role share since the first shock",
        "share",
        share,
    );
    let work = all(setup, None).into_iter().filter(|m| [WORK, "prioritized"].contains(&&*m.name));
    // Effects on work are printed to a tenth.
    let work = work.map(|measure| measure.in_steps(0.05));
    let last = [months_behind(), back_to_normal("months until back to normal")];
    std::iter::once(since).chain(work).chain(last).collect()
}

fn months_behind() -> Measure {
    let mut measure = Measure::of_pair(MONTHS_LOST, "months lost", "months", months_lost)
        .less_is_better()
        .ranked(0)
        .said("the partnership ends", ["behind", "ahead"]);
    measure.words.unit = ["model-month", "model-months"];
    measure
}

fn back_to_normal(title: &str) -> Measure {
    let back = |Seen { run, since, normal }: Seen<'_>| {
        let back = normal.back_to_normal(run, since?);
        Some(Value { value: back.months, censored: back.censored })
    };
    let measure = Measure::of_seen(BACK_TO_NORMAL, title, "months", back)
        .less_is_better()
        .ranked(4)
        .alike_in(coding)
        .shown_where(|setup| !setup.shocks.is_empty())
        .as_soon_as("talk about roles is back to normal");
    Measure { needs_normal: true, ..measure }
}

/// Talk about roles over all meetings.
fn talk() -> Measure {
    role_share(WHOLE)
        .said("talk about roles takes", ["more", "less"])
        .said_at_length(["more of the talk in meetings", "less of the talk in meetings"])
        .alike_in(coding)
        .ranked(3)
}

impl Measure {
    fn as_soon_as(mut self, begin: &str) -> Self {
        self.words.same = "as soon as";
        self.said(begin, ["later", "earlier"])
    }
}

/// How episodes are coded, on which every share of talk rests.
fn coding(setup: &Setup) -> (&'static str, String) {
    ("how episodes are coded", format!("{:?}", setup.parameters.meeting.miscoding))
}

fn wants(setup: &Setup) -> String {
    let wants: Vec<_> = setup.organizations.iter().map(|o| &o.priorities).collect();
    format!("{wants:?}")
}

fn role_share(meetings: Meetings) -> Measure {
    Measure::of_run(ROLE_SHARE, "talk about roles", "share", move |run| run.role_share(meetings))
        .of_part(Part::Meetings(meetings))
}

fn peak(run: &RunRecord, meetings: Meetings) -> Option<f64> {
    run.shares(meetings).reduce(f64::max)
}

fn settlements(run: &RunRecord) -> Option<f64> {
    Some(run.settlements.len() as f64)
}

fn meetings_where(run: &RunRecord, meetings: Meetings, holds: impl Fn(f64) -> bool) -> Option<f64> {
    Some(run.shares(meetings).filter(|share| holds(*share)).count() as f64)
}

/// What a scenario says of a measure beside its word.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// `meetings`: which meetings.
    pub meetings: Meetings,
    /// `share`: a bound on a share.
    pub share: f64,
    /// `months`: the length of a window.
    pub months: u32,
    /// `interview`, or `from` and `to`: interview plans.
    pub plans: [usize; 2],
    /// `role`: a role of the organization asked about.
    pub role: RoleId,
}

/// A measure that a pattern of a scenario can be about.
#[derive(Clone, Copy, Debug)]
pub struct Publishable {
    /// Its word in scenarios.
    pub word: &'static str,
    /// Keys that it needs.
    pub needs: &'static [&'static str],
    /// Keys that it may have.
    pub takes: &'static [&'static str],
    /// What stands behind it.
    pub counted: Counted,
    /// What it is.
    pub says: &'static str,
    read: fn(&RunRecord, &Asked) -> Option<f64>,
    part: fn(&Asked) -> Option<Part>,
}

impl Publishable {
    /// The measure, as a scenario asks for it.
    pub fn measure(self, asked: Asked) -> Measure {
        let unit = if self.counted == Counted::Share { "share" } else { "as published" };
        let measure =
            Measure::of_run(self.word, self.says, unit, move |run| (self.read)(run, &asked));
        let step = if self.word == WORK { 0.01 } else { 0.0005 };
        Measure { counted: self.counted, part: (self.part)(&asked), step, ..measure }
    }
}

/// Everything that a pattern can be about.
pub const PUBLISHABLE: [Publishable; 17] = {
    use Counted::{Neither, Number, Share};
    type Keys = &'static [&'static str];
    type Reading = fn(&RunRecord, &Asked) -> Option<f64>;
    const fn of(
        word: &'static str,
        [needs, takes]: [Keys; 2],
        counted: Counted,
        says: &'static str,
        read: Reading,
    ) -> Publishable {
        Publishable { word, needs, takes, counted, says, read, part: |_| None }
    }
    const fn of_meetings(
        word: &'static str,
        [needs, takes]: [Keys; 2],
        counted: Counted,
        says: &'static str,
        read: Reading,
    ) -> Publishable {
        let part = |asked: &Asked| Some(Part::Meetings(asked.meetings));
        Publishable { word, needs, takes, counted, says, read, part }
    }
    const RANGE: [Keys; 2] = [&[], &["meetings"]];
    const ASKED: [Keys; 2] = [&["interview"], &[]];
    const TWICE: [Keys; 2] = [&["from", "to"], &[]];
    const NONE: [Keys; 2] = [&[], &[]];
    [
        of_meetings(
            "episodes_per_meeting",
            NONE,
            Neither,
            "mean number of episodes in a meeting",
            |run, _| run.episodes_per_meeting(),
        ),
        of_meetings(
            ROLE_SHARE,
            RANGE,
            Share,
            "share of the episodes that were role negotiation",
            |run, asked| run.role_share(asked.meetings),
        ),
        of_meetings(
            "meetings_with_role_talk",
            RANGE,
            Number,
            "meetings with some role negotiation",
            |run, asked| meetings_where(run, asked.meetings, |share| share > 0.0),
        ),
        of_meetings(
            "meetings_at_share",
            [&["share"], &["meetings"]],
            Number,
            "meetings in which at least this share of the episodes was role negotiation",
            |run, asked| meetings_where(run, asked.meetings, |share| share >= asked.share - 1e-9),
        ),
        of_meetings(
            "peak_share",
            RANGE,
            Share,
            "the largest share of role negotiation in a meeting",
            |run, asked| peak(run, asked.meetings),
        ),
        Publishable {
            part: |asked| Some(Part::Answers { plan: asked.plans[0], role: Some(asked.role) }),
            ..of(
                "named",
                [&["interview", "role"], &[]],
                Number,
                "leaders who named the role",
                |run, asked| run.answers(asked.plans[0], |i| i.names(asked.role)),
            )
        },
        Publishable {
            part: |asked| Some(Part::Answers { plan: asked.plans[0], role: None }),
            ..of(
                "uncertain",
                ASKED,
                Number,
                "leaders who said they were uncertain",
                |run, asked| run.answers(asked.plans[0], |i| i.uncertain),
            )
        },
        of(
            "names_per_leader",
            ASKED,
            Neither,
            "roles that a leader named, on average",
            |run, asked| run.names_per_leader(asked.plans[0]),
        ),
        of(
            "names_moved",
            TWICE,
            Neither,
            "distance (total variation) between the roles named in two interviews",
            |run, asked| run.names_moved(asked.plans),
        ),
        of(
            "names_concentrated",
            TWICE,
            Neither,
            "change of the normalised entropy of the roles named",
            |run, asked| run.names_concentrated(asked.plans),
        ),
        of(
            "talk_and_later_work",
            NONE,
            Neither,
            "correlation of role share with the work done in the following month",
            |run, _| run.talk_and_later_work(),
        ),
        of("settlements", NONE, Neither, "number of settlements", |run, _| settlements(run)),
        of(
            "largest_settlement",
            NONE,
            Neither,
            "meeting of the settlement that moved an arrangement most",
            |run, _| run.largest_settlement(),
        ),
        Publishable {
            part: |asked| Some(Part::Windows(asked.months)),
            ..of(
                "highest_window",
                [&["months"], &[]],
                Share,
                "the highest share of role negotiation in so many consecutive months",
                |run, asked| run.windows(asked.months).flatten().reduce(f64::max),
            )
        },
        of(
            "drift",
            NONE,
            Neither,
            "share of role negotiation in the later half of the meetings less that in the earlier",
            |run, _| run.drift(),
        ),
        of(
            "survives",
            NONE,
            Share,
            "1 if the partnership is alive at the horizon, else 0",
            |run, _| run.survives(),
        ),
        of(WORK, NONE, Neither, "work done by the horizon", |run, _| run.work()),
    ]
};
