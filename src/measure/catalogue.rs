//! The catalogue of measures: everything that is read off a run, or off a run and the same run in
//! another world.
//!
//! To add one, write a row in [`all`] or, for patterns with keys of their own, in
//! [`PUBLISHABLE`]. A program adds its own with [`Measure::of_run`] or [`Measure::of_pair`].

use super::entry::{Counted, Measure, Part, Seen, Value};
use super::normal::months_lost;
use super::practices::PRACTICES;
use super::readings::{Meetings, WHOLE};
use super::record::RunRecord;
use crate::ids::{OrganizationId, RoleId};
use crate::model::Setup;
use crate::model::event::TalkKind;

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
        .told_by_time("milestones come"),
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
        .told_by_time("roles are first settled"),
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
                let latitude = setup.parameters.trust.latitude;
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
            .shown_where(|setup| {
                setup.parameters.benefit.renewal_every > 0.0
                    || setup.parameters.benefit.give_up > 0.0
            })
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
        Measure::of_run(PRICE, "price of interventions and grants", currency, |run| {
            Some(run.ledger.spent + run.granted())
        })
        .less_is_better()
        .in_money(0.01)
        .shown_where(|setup| {
            let priced = setup.interventions.iter().any(|i| i.cost.is_priced());
            priced || !setup.funding.grants.is_empty()
        })
        .said("interventions and grants cost", ["more", "less"]),
    );
    all.push(
        Measure::of_pair("role_share_rise", "rise of talk about roles", "share", |run, base| {
            Some(run.role_share(WHOLE)? - base.role_share(WHOLE)?)
        })
        .shown_where(|_| false),
    );
    all
}

/// The measure of this name, if one run alone has it: only such can a pattern be about. `Err` says
/// what else it needs.
///
/// # Errors
/// If it is measured between two worlds, or against what is normal.
pub fn of_one_run(setup: &Setup, name: &str) -> Option<Result<Measure, &'static str>> {
    let measure = all(setup, None).into_iter().find(|measure| measure.name == name)?;
    Some(match () {
        () if measure.is_of_pairs() => Err("is the difference of two worlds"),
        () if measure.needs_normal => Err("is told against what is normal in many runs"),
        () => Ok(measure),
    })
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
    let mut measure = Measure::of_seen(BACK_TO_NORMAL, title, "months", back)
        .less_is_better()
        .ranked(4)
        .alike_in(coding)
        .shown_where(|setup| !setup.shocks.is_empty())
        .told_by_time("talk about roles is back to normal");
    measure.needs_normal = true;
    measure
}

/// Talk about roles over all meetings.
fn talk() -> Measure {
    role_share(WHOLE)
        .said("talk about roles takes", ["more", "less"])
        .said_at_length(["more of the talk in meetings", "less of the talk in meetings"])
        .alike_in(coding)
        .ranked(3)
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
    /// `organization`: whose people open episodes.
    pub organization: OrganizationId,
    /// `kind`: a kind of contribution.
    pub kind: TalkKind,
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
        let mut measure =
            Measure::of_run(self.word, self.says, unit, move |run| (self.read)(run, &asked));
        let step = if self.word == WORK { 0.01 } else { 0.0005 };
        (measure.counted, measure.part, measure.step) = (self.counted, (self.part)(&asked), step);
        measure
    }
}

/// Everything that a pattern can be about.
pub const PUBLISHABLE: [Publishable; 21] = {
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
    const fn of_meetings(of: Publishable) -> Publishable {
        Publishable { part: |asked| Some(Part::Meetings(asked.meetings)), ..of }
    }
    const RANGE: [Keys; 2] = [&[], &["meetings"]];
    const ASKED: [Keys; 2] = [&["interview"], &[]];
    const TWICE: [Keys; 2] = [&["from", "to"], &[]];
    const NONE: [Keys; 2] = [&[], &[]];
    [
        of_meetings(of(
            "episodes_per_meeting",
            RANGE,
            Neither,
            "mean number of episodes in a meeting",
            |run, asked| run.episodes_per_meeting(asked.meetings),
        )),
        of_meetings(of(
            ROLE_SHARE,
            RANGE,
            Share,
            "share of the episodes that were role negotiation",
            |run, asked| run.role_share(asked.meetings),
        )),
        of_meetings(of(
            "meetings_with_role_talk",
            RANGE,
            Number,
            "meetings with some role negotiation",
            |run, asked| meetings_where(run, asked.meetings, |share| share > 0.0),
        )),
        of_meetings(of(
            "meetings_at_share",
            [&["share"], &["meetings"]],
            Number,
            "meetings in which at least this share of the episodes was role negotiation",
            |run, asked| meetings_where(run, asked.meetings, |share| share >= asked.share - 1e-9),
        )),
        of_meetings(of(
            "peak_share",
            RANGE,
            Share,
            "the largest share of role negotiation in a meeting",
            |run, asked| peak(run, asked.meetings),
        )),
        Publishable {
            part: |asked| Some(Part::Opened(asked.organization)),
            ..of(
                "opened_by",
                [&["organization"], &["meetings"]],
                Share,
                "share of the episodes of role negotiation that people of this organization opened",
                |run, asked| run.opened_by(asked.organization, asked.meetings),
            )
        },
        of(
            "in_passing",
            RANGE,
            Share,
            "share of the episodes that mentioned roles and were coded as something else",
            |run, asked| run.in_passing(asked.meetings),
        ),
        of(
            "refused_share",
            RANGE,
            Share,
            "share of the episodes that ended in a proposal about roles that was refused",
            |run, asked| run.refused_share(asked.meetings),
        ),
        of(
            "kind_share",
            [&["kind"], &["meetings"]],
            Share,
            "share of the episodes of role negotiation to which somebody contributed in this way",
            |run, asked| run.kind_share(asked.kind, asked.meetings),
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
