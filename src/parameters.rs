//! The one table of parameters: key, unit, range, default, meaning, provenance and source.
//!
//! The file is long because there is one table. It feeds validation and its messages, the scenario
//! reference, the data dictionary, the text of the ODD and the help of the command line; the structs
//! below are generated from it, so that a rule cannot use a number that the table does not know.
//!
//! The scale of certainty is arbitrary: `learning.half_certainty`, `launch.certainty`, `learning.talk`, `work.act_evidence`, `settlement.evidence`, `ties.evidence` and the
//! certainties of profiles and interventions scale together. The first is fixed at 10 to settle it.

use serde::{Deserialize, Serialize};

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Provenance {
    /// A source of the case states it.
    Stated,
    /// A search fitted it to published patterns.
    Estimated,
    /// Other published work gives it.
    Literature,
    /// Nobody published it; the choice is ours.
    Assumed,
}

impl Provenance {
    /// All kinds, in order of decreasing support.
    pub const ALL: [Provenance; 4] =
        [Provenance::Stated, Provenance::Estimated, Provenance::Literature, Provenance::Assumed];

    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        ["stated", "estimated", "literature", "assumed"][self as usize]
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Parameter {
    /// Group and name, as written in a scenario: `agenda.threshold`.
    pub key: &'static str,
    /// Unit of the number.
    pub unit: &'static str,
    /// Lowest value allowed.
    pub low: f64,
    /// Highest value allowed.
    pub high: f64,
    /// Whether only whole numbers are allowed.
    pub whole: bool,
    /// Value when a scenario says nothing.
    pub default: f64,
    /// What it means.
    pub meaning: &'static str,
    /// Where the default comes from.
    pub provenance: Provenance,
    /// The source, or the reason for an assumption.
    pub source: &'static str,
}

macro_rules! parameters {
    ($($(#[$group_doc:meta])* $group:ident: $Group:ident {
        $($name:ident = $default:literal, $kind:ident $low:literal..=$high:literal, $unit:literal,
            $provenance:ident, $meaning:literal, $source:literal;)+
    })+) => {
        $(
            $(#[$group_doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub struct $Group {
                $(#[doc = $meaning] pub $name: f64,)+
            }
        )+

        /// The value of every parameter, by group.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct Parameters {
            $($(#[$group_doc])* pub $group: $Group,)+
        }

        impl Default for Parameters {
            fn default() -> Self {
                Parameters { $($group: $Group { $($name: $default,)+ },)+ }
            }
        }

        /// Every parameter, in the order of the rules.
        pub const TABLE: &[Parameter] = &[$($(Parameter {
            key: concat!(stringify!($group), ".", stringify!($name)),
            unit: $unit,
            low: $low,
            high: $high,
            whole: matches!(stringify!($kind).as_bytes(), b"whole"),
            default: $default,
            meaning: $meaning,
            provenance: Provenance::$provenance,
            source: $source,
        },)+)+];

        impl Parameters {
            /// The place of a parameter's value, by key.
            pub fn get_mut(&mut self, key: &str) -> Option<&mut f64> {
                match key {
                    $($(concat!(stringify!($group), ".", stringify!($name))
                        => Some(&mut self.$group.$name),)+)+
                    _ => None,
                }
            }
        }
    };
}

parameters! {
    /// What makes somebody raise roles instead of turning to the agenda.
    agenda: Agenda {
        threshold = 0.61, real 0.0..=3.0, "tension", Estimated,
            "Tension at which roles are raised as often as not (θ).",
            "found by a search on one published case; the posterior that cypress carries says what is known of it, see docs/inference.md";
        softness = 0.11, real 0.01..=2.0, "tension", Assumed,
            "How gradually tension becomes talk: the scale of the logistic curve (β).",
            "fixed after a first search on a reduced form; trades off with the threshold";
        newness = 1.0, real 0.0..=5.0, "tension", Assumed,
            "Tension of an outsider who knows nothing of an organization (κ).",
            "fixed: as much as the largest mismatch; 0.5 and 1.5 meet the fitted patterns as well";
        voice = 1.0, real 0.0..=2.0, "exponent", Assumed,
            "How much status decides who initiates and speaks (ν); 0 is status-blind.",
            "the study poses status as an open question";
        other_business = 0.10, real 0.0..=0.9, "share", Assumed,
            "Share of agenda episodes that are neither about roles nor substantive.",
            "not published";
    }
    /// Who comes to a meeting and how long it is.
    meeting: Meeting {
        attendance = 0.85, real 0.05..=1.0, "probability", Assumed,
            "Probability that a team member attends a meeting.",
            "not published; six people attended the one meeting described";
        fewest_episodes = 5.0, whole 1.0..=100.0, "episodes", Stated,
            "Fewest episodes in a meeting.",
            "Farrell, Harrison & Coburn 2019: five to nine episodes a meeting";
        most_episodes = 9.0, whole 1.0..=100.0, "episodes", Stated,
            "Most episodes in a meeting.",
            "Farrell, Harrison & Coburn 2019: five to nine episodes a meeting";
        mean_episodes = 7.4, real 1.0..=100.0, "episodes", Stated,
            "Mean number of episodes in a meeting.",
            "Farrell, Harrison & Coburn 2019: 126 episodes in 17 meetings";
        extra_contributions = 3.0, real 0.0..=30.0, "contributions", Assumed,
            "Mean number of contributions to an episode beyond the five that make it one.",
            "the coding rule gives five; the rest is not published";
        focus = 0.90, real 0.0..=1.0, "share", Assumed,
            "Share of contributions about roles once somebody raised them.",
            "not published";
        stray = 0.03, real 0.0..=1.0, "share", Assumed,
            "Share of contributions about roles in an episode on another topic.",
            "not published; such mentions are coded as peripheral";
        miscoding = 0.0, real 0.0..=0.5, "probability", Assumed,
            "Probability that a coder reads an episode as the other kind.",
            "no reliability figure is published";
    }
    /// What is said when roles are the topic.
    discourse: Discourse {
        question = 0.20, real 0.0..=1.0, "share", Assumed,
            "Share of contributions that ask, and hand the floor to the other side.",
            "kinds are described in the study, not counted";
        history = 0.15, real 0.0..=1.0, "share", Assumed,
            "Share of contributions that tell what was done before.",
            "kinds are described in the study, not counted";
        comparison = 0.20, real 0.0..=1.0, "share", Assumed,
            "Share of contributions that compare with another kind of organization.",
            "kinds are described in the study, not counted";
        metaphor = 0.10, real 0.0..=1.0, "share", Assumed,
            "Share of contributions that paint the whole in a metaphor; the rest assert a role.",
            "kinds are described in the study, not counted";
        metaphor_strength = 0.30, real 0.0..=1.0, "fraction", Assumed,
            "Evidence in a metaphor, as a fraction of that in an assertion.",
            "a metaphor is vague";
        heard = 0.18, real 0.0..=1.0, "fraction", Estimated,
            "Step of the insiders' heard image toward what an outsider voices.",
            "found by a search on one published case; the posterior that cypress carries says what is known of it, see docs/inference.md";
    }
    /// How talk and acts change what people hold.
    learning: Learning {
        half_certainty = 10.0, real 0.001..=1000.0, "observations", Assumed,
            "Certainty at which half of the uncertainty is gone (n₀).",
            "fixed: the scale of certainty is arbitrary";
        talk = 1.3, real 0.0..=100.0, "observations", Estimated,
            "Evidence in a contribution by a fully credible speaker of mean status (η).",
            "found by a search on one published case; the posterior that cypress carries says what is known of it, see docs/inference.md";
        in_group = 0.80, real 0.0..=10.0, "credibility", Assumed,
            "Credibility of a colleague of one's own organization.",
            "not published";
        retention = 0.98, real 0.0..=1.0, "fraction a month", Assumed,
            "Certainty kept from one month to the next (δ), unless a profile says otherwise.",
            "a fifth lost in a year; 0.97 and 0.99 change little";
    }
    /// When talk about roles ends in a working arrangement.
    settlement: Settlement {
        demand = 0.24, real 0.0..=1.0, "probability", Estimated,
            "Probability that a role episode ends in a proposal.",
            "found by a search on one published case; the posterior that cypress carries says what is known of it, see docs/inference.md";
        ripeness = 1.5, real 0.0..=20.0, "distance per tension", Assumed,
            "How much farther from what they expect people consent, for each unit of the open question (λ).",
            "people give way as an open question presses; size assumed";
        quorum = 0.60, real 0.0..=1.0, "share of status", Assumed,
            "Share of the status present in each organization concerned that must consent.",
            "fixed: a clear majority of status on each side";
        trust = 0.30, real 0.0..=1.0, "fraction", Assumed,
            "Part of the trust still missing that those who consented gain.",
            "Coburn, Penuel & Geil 2013: partners who work through bumps trust one another more; size assumed";
        evidence = 8.0, real 0.0..=1000.0, "observations", Assumed,
            "Certainty that a settlement adds to everyone who hears of it (n_s); 0 is the rival.",
            "as much as six contributions by a credible speaker of mean status; half and twice as much change little";
        open_most = 0.20, real 0.0..=2.0, "tension", Estimated,
            "Tension of a question left wholly open (s_max).",
            "found by a search on one published case; the posterior that cypress carries says what is known of it, see docs/inference.md";
        open_memory = 0.70, real 0.0..=1.0, "fraction a month", Assumed,
            "Part of an open question that is still open a month later (k).",
            "starting value of a rough search on a reduced form of the model";
    }
    /// Joint projects and what they show.
    work: Work {
        projects = 3.0, whole 1.0..=20.0, "projects", Assumed,
            "Projects that run at a time.",
            "not published";
        effort = 5.0, real 0.1..=1000.0, "work", Assumed,
            "Work in a project; 1 is a substantive episode at full clarity, trust and capacity.",
            "not published; a little under four months at the pace of a quiet partnership";
        milestones = 3.0, whole 1.0..=100.0, "milestones", Assumed,
            "Milestones of a project, evenly spaced.",
            "not published";
        planned_pace = 0.6, real 0.01..=1.0, "fraction", Assumed,
            "Pace at which milestones are promised, as a fraction of the fullest possible.",
            "not published";
        between = 1.5, real 0.0..=100.0, "work a month", Assumed,
            "Work done between meetings in a month at full clarity, trust and capacity.",
            "not published";
        clarity_weight = 1.0, real 0.0..=1.0, "fraction", Assumed,
            "How far unclear roles slow the work; 0 switches the channel off.",
            "direction stated in the study, size assumed";
        trust_weight = 1.0, real 0.0..=1.0, "fraction", Assumed,
            "How far distrust slows the work; 0 switches the channel off.",
            "direction stated in the study, size assumed";
        act_evidence = 2.0, real 0.0..=1000.0, "observations", Assumed,
            "Evidence in a visible act for an onlooker.",
            "not published; a few visible acts make an onlooker's picture";
        exposure = 0.50, real 0.0..=1.0, "probability", Assumed,
            "Probability that somebody outside the team hears of a settlement, or is reached by a coordinator or a listening session.",
            "half the office; not published";
    }
    /// Acts that leaders ask for outside the projects.
    requests: Requests {
        rate = 0.60, real 0.0..=1.0, "probability a month", Assumed,
            "Probability that a request is made of an organization in a month.",
            "starting value of a rough search on a reduced form of the model";
        base = -0.5, real -10.0..=10.0, "log-odds", Assumed,
            "Readiness to accept a request for a role foreign to the identity (a).",
            "not published";
        mission = 3.0, real 0.0..=50.0, "log-odds", Assumed,
            "How much the role's share in the identity adds (b).",
            "direction stated in the study, size assumed";
        goodwill = -1.0, real -10.0..=10.0, "log-odds", Assumed,
            "How much goodwill in hand adds (c); negative: who has little of it says yes.",
            "direction stated in the study, size assumed";
        duration = 3.0, whole 1.0..=60.0, "months", Assumed,
            "Months an accepted request runs.",
            "not published";
        staff = 0.20, real 0.0..=1.0, "share of staff", Assumed,
            "Staff time an accepted request takes while it runs.",
            "makes requests about a seventh of what is enacted in the Cypress case";
        goodwill_gain = 0.20, real 0.0..=1.0, "fraction", Assumed,
            "Step of goodwill toward its fullest when a request is accepted.",
            "not published";
        pressed = 0.60, real 0.0..=1.0, "probability a month", Assumed,
            "Probability of one more request by a client of utmost urgency and no capacity.",
            "direction stated in an abstract on research alliances; as often as ordinary requests";
        goodwill_memory = 0.95, real 0.0..=1.0, "fraction a month", Assumed,
            "Goodwill kept from one month to the next.",
            "not published";
    }
    /// Trust between organizations.
    trust: Trust {
        gain = 0.04, real 0.0..=1.0, "fraction a month", Assumed,
            "Step of trust toward its fullest in a month of kept commitments (a).",
            "trust builds slowly; no rate is published";
        latitude = 0.04, real 0.0..=1.0, "share", Assumed,
            "Share of a role in an expectation below which an act in that role is a breach (ℓ).",
            "starting value of a rough search on a reduced form of the model";
        asymmetry = 1.0, real 0.0..=10.0, "ratio", Assumed,
            "Loss in a month of breaches against the gain in a month of kept ones (λ).",
            "1 is the null; no ratio is published";
        personal = 0.50, real 0.0..=1.0, "fraction", Assumed,
            "Part of the trust in an organization that rests on the members of its team whom one knows.",
            "Farrell, Harrison & Coburn 2019: when staff leave, trust is rebuilt; size assumed";
        breach_opens = 0.30, real 0.0..=1.0, "fraction", Assumed,
            "Step of the open question toward its fullest when all the team see a breach.",
            "direction stated in the study, size assumed";
    }
    /// How a partnership begins, before its people know one another.
    launch: Launch {
        certainty = 2.5, real 0.0..=100.0, "observations", Assumed,
            "Certainty about another organization on the first day of a partnership.",
            "launch is when negotiation of roles is expected; size assumed";
        trust = 0.50, real 0.0..=1.0, "trust", Assumed,
            "Trust in another organization on the first day of a partnership.",
            "not published";
    }
    /// What an independent organization gains and forgoes.
    independence: Independence {
        credibility = 0.40, real 0.0..=1.0, "fraction", Assumed,
            "How far full independence closes the gap between trust and full credibility.",
            "Coburn, Penuel & Geil 2013: independence lends credibility; size assumed, that of a broker";
        distance = 0.50, real 0.0..=1.0, "fraction", Assumed,
            "How far full independence slows the growth of others' trust.",
            "Coburn, Penuel & Geil 2013: it can create distance; size assumed";
    }
    /// Who leaves and who follows.
    turnover: Turnover {
        cabinet = 0.0, real 0.0..=0.95, "probability a year", Assumed,
            "Yearly probability that a cabinet-level leader leaves.",
            "off unless a scenario sets it; published: 0.14 to 0.23";
        director = 0.0, real 0.0..=0.95, "probability a year", Assumed,
            "Yearly probability that a director leaves.",
            "off unless a scenario sets it; no rate is published for directors of a central office";
        specialist = 0.0, real 0.0..=0.95, "probability a year", Assumed,
            "Yearly probability that a specialist leaves.",
            "off unless a scenario sets it";
        lead = 0.0, real 0.0..=0.95, "probability a year", Assumed,
            "Yearly probability that a lead of a research organization leaves.",
            "off unless a scenario sets it; published for nonprofits: 0.13 to 0.21";
        staff = 0.0, real 0.0..=0.95, "probability a year", Assumed,
            "Yearly probability that staff of a research organization leave.",
            "off unless a scenario sets it; published for nonprofits: 0.13 to 0.21";
        cascade = 1.0, real 1.0..=20.0, "ratio", Assumed,
            "Factor on the hazards below after the head of an organization left.",
            "off unless a scenario sets it: published rates of leaving already hold the exits that follow one another";
        cascade_months = 12.0, whole 0.0..=120.0, "months", Assumed,
            "Months for which that factor holds.",
            "not published";
        vacancy = 3.0, real 1.0..=60.0, "months", Assumed,
            "Mean months that a vacancy lasts; 1: filled in the month after.",
            "no figure for central offices; a quarter of nonprofit vacancies last over 4 months";
        internal = 0.25, real 0.0..=1.0, "probability", Assumed,
            "Probability that a successor comes from within, where somebody can move up.",
            "not published";
    }
    /// History, and ties beyond the team.
    ties: Ties {
        archive = 0.0, real 0.0..=1.0, "probability", Assumed,
            "Probability that who tells of the past tells from an archive, back to the beginning.",
            "off unless a scenario sets it";
        contact = 0.30, real 0.0..=1.0, "probability a month", Assumed,
            "Probability that a person hears a colleague of their organization in a month.",
            "not published";
        evidence = 0.60, real 0.0..=1000.0, "observations", Assumed,
            "Evidence in what a colleague passes on.",
            "less than half of that of a contribution to a meeting";
    }
    /// What members hold central about their organization, and how it changes.
    identity: Identity {
        opening = 3.0, real 1.0..=50.0, "ratio", Assumed,
            "Factor on the drift of an identity after a change of its own leadership.",
            "direction stated in the study, size assumed";
        opening_months = 6.0, whole 0.0..=120.0, "months", Assumed,
            "Months for which that factor holds.",
            "not published";
        follow = 0.05, real 0.0..=1.0, "fraction a month", Assumed,
            "Step of members' expectations of their own organization toward its identity.",
            "not published";
    }
    /// What each side gains, and whether the partnership is renewed.
    benefit: Benefit {
        asks = 0.10, real 0.0..=1.0, "benefit", Assumed,
            "What taking part costs an organization, as a fraction of the fullest benefit.",
            "direction stated by district leaders, size assumed";
        off_mission = 0.50, real 0.0..=5.0, "benefit", Assumed,
            "What a full month of staff time foreign to the identity costs.",
            "direction stated in the study, size assumed";
        memory = 12.0, real 1.0..=120.0, "months", Assumed,
            "Months over which benefit is felt.",
            "a school year";
        lesser = 0.70, real 0.0..=1.0, "weight", Assumed,
            "Weight of the lesser benefit against the mean of all.",
            "mutual benefit predicts longevity; no weight is published";
        results_used = 0.0, real 0.0..=1.0, "weight", Assumed,
            "Part of the benefit to clients that comes only when results are finished and used.",
            "off unless a scenario sets it; use needs capacity, and no weight is published";
        renewal_every = 0.0, whole 0.0..=600.0, "months", Assumed,
            "Months between renewals; 0: none falls due.",
            "off unless a scenario sets it; published grants run 24 to 36 months";
        give_up = 0.0, real 0.0..=1.0, "probability a month", Assumed,
            "Probability that an organization without any benefit and trust gives up in a month.",
            "off unless a scenario sets it; partnerships that ended early are told of, no rate is published";
        end_base = 0.0, real -20.0..=20.0, "log-odds", Assumed,
            "Readiness to end at a renewal without benefit and trust.",
            "not published";
        end_benefit = 4.0, real 0.0..=50.0, "log-odds", Assumed,
            "How much benefit lowers it.",
            "direction stated in the field, size assumed";
        end_trust = 3.0, real 0.0..=50.0, "log-odds", Assumed,
            "How much trust lowers it.",
            "direction stated in the field, size assumed";
    }
    /// What money does; without grants or salaries none of it is read.
    funding: Funding {
        voice = 0.30, real 0.0..=1.0, "fraction", Assumed,
            "How far voice and status follow the share of the month's money; 0: not at all.",
            "direction stated in Coburn, Penuel & Geil 2013, size assumed";
        misdirected = 0.50, real 0.0..=1.0, "share of staff", Assumed,
            "Staff time that a funder takes whose priorities are not the partners' at all.",
            "direction stated in an abstract on research alliances, size assumed";
        seeking = 0.15, real 0.0..=1.0, "share of staff", Assumed,
            "Staff time that goes into finding the next grant when only projects are paid for.",
            "direction stated in Coburn, Penuel & Geil 2013, size assumed";
        seeking_months = 6.0, whole 0.0..=120.0, "months", Assumed,
            "Months before the last such grant ends from which the next is sought.",
            "not published; about the time from a call to an award";
        set_up = 0.5, real 0.0..=100.0, "work", Assumed,
            "Work that goes into setting up a project that a grant pays for.",
            "not published; a tenth of a project";
        shortest = 0.25, real 0.01..=1.0, "fraction", Assumed,
            "Least part of a usual project that is begun when money is about to end.",
            "not published";
        contact = 0.30, real 0.0..=1.0, "probability a month", Assumed,
            "Probability that upkeep, fully paid, brings a person together with another side's.",
            "no published estimate; as often as a colleague";
        in_hand = 3.0, whole 1.0..=120.0, "months", Assumed,
            "Months that salaries must be safe before a paid position is filled.",
            "not published";
        unpaid_attendance = 0.80, real 0.0..=1.0, "ratio", Assumed,
            "Attendance at a meeting that nobody can pay for, against the usual.",
            "money for meetings is called crucial in Coburn, Penuel & Geil 2013; size assumed";
        endowment_yield = 0.045, real 0.0..=0.2, "fraction a year", Assumed,
            "Yield of an endowment that is paid out.",
            "a usual rule for spending; the sources give none";
    }
    /// Intervention: capacity building.
    capacity: Capacity {
        growth = 0.03, real 0.0..=1.0, "fraction a month", Assumed,
            "Step of a client's capacity toward its most in a month of capacity building.",
            "no published estimate; half of the way in two years";
        most = 1.0, real 0.0..=2.0, "capacity", Assumed,
            "Capacity toward which it grows; 1 is the ordinary.",
            "no published estimate";
    }
    /// Intervention: a funder requires process detail.
    process: ProcessRequired {
        latitude = 0.05, real 0.0..=1.0, "distance", Assumed,
            "How much further than usual people consent in a talk that a funder requires.",
            "no published estimate; half of a talk the partners seek themselves";
    }
    /// The tenure track, and incentives outside it.
    incentives: Incentives {
        pull = 0.50, real 0.0..=1.0, "share of staff", Assumed,
            "Time that staff on a tenure track give to other work when nothing can be published.",
            "direction stated in an abstract on research alliances, size assumed";
        relief = 0.60, real 0.0..=1.0, "fraction", Assumed,
            "Intervention: part of that time that other incentives free.",
            "no published estimate; more than half";
    }
    /// Intervention: newcomers to the team are welcomed.
    welcome: Welcome {
        evidence = 10.0, real 0.0..=1000.0, "observations", Assumed,
            "Evidence in a welcome for a newcomer who trusts fully, about each other organization.",
            "no published estimate; as much as halves a newcomer's uncertainty";
    }
    /// Intervention: roles are agreed on explicitly.
    agreement: Agreement {
        latitude = 0.10, real 0.0..=1.0, "distance", Assumed,
            "How much further than usual people consent in a facilitated talk.",
            "no published estimate; a tenth of the largest distance";
        every = 12.0, whole 1.0..=600.0, "months", Assumed,
            "Months from one such talk to the next.",
            "no published estimate; once a year";
        episodes = 2.0, whole 1.0..=50.0, "episodes", Assumed,
            "Episodes that such a talk takes between two organizations, one's role after the other's; with more organizations as many more.",
            "no published estimate; one for each side";
    }
    /// Intervention: a coordinator on site.
    coordinator: Coordinator {
        evidence = 3.0, real 0.0..=1000.0, "observations a month", Assumed,
            "Evidence that a coordinator gives of what every other organization does.",
            "no published estimate; somewhat more than a visible act";
    }
    /// Intervention: ties between people of every level.
    multilevel: Multilevel {
        contact = 0.30, real 0.0..=1.0, "probability a month", Assumed,
            "Probability that a person of any level meets one of another organization.",
            "no published estimate; as often as a colleague";
    }
    /// Intervention: successors are prepared within.
    succession: Succession {
        internal = 0.80, real 0.0..=1.0, "probability", Assumed,
            "Probability that a successor comes from within, where somebody can move up.",
            "no published estimate; in place of turnover.internal if higher";
    }
    /// Intervention: a review without surprises.
    review: Review {
        catches = 0.50, real 0.0..=1.0, "probability", Assumed,
            "Probability that a review notices what would be a breach.",
            "no published estimate; every second one";
    }
    /// Intervention: staff time kept for quick answers.
    quota: Quota {
        accepts = 0.90, real 0.0..=1.0, "probability", Assumed,
            "Probability that a request is met when staff are kept for it.",
            "no published estimate; nearly always";
    }
    /// Intervention: a neutral broker.
    broker: Broker {
        credibility = 0.40, real 0.0..=1.0, "fraction", Assumed,
            "How far a broker closes the gap between trust and full credibility.",
            "no published estimate; less than half of the gap";
        levelling = 0.50, real 0.0..=1.0, "fraction", Assumed,
            "How far a broker levels differences in who speaks.",
            "no published estimate; half of them";
    }
    /// Intervention: an exploratory year.
    exploration: Exploration {
        finding = 0.50, real 0.0..=1.0, "fraction", Assumed,
            "How far the closing proposal goes from what all sides can live with to what both gain from.",
            "no published estimate; half of the way";
        evidence = 2.0, real 0.0..=1000.0, "observations a month", Assumed,
            "Evidence in a month of listening of what every other organization holds central.",
            "no published estimate; as much as a visible act";
    }
    /// Intervention: an archive.
    archive: Archive {
        reach = 0.80, real 0.0..=1.0, "probability", Assumed,
            "Probability that who tells of the past tells from the archive, back to the beginning.",
            "no published estimate; in place of ties.archive if higher";
    }
    /// How an interviewed leader answers.
    answer: Answer {
        own_names = 3.4, real 0.0..=20.0, "probability per share", Assumed,
            "Probability that members name a role of their own organization, for each unit of its share in what they expect of it.",
            "set so that partner staff have about the published 3.25 identities in year 1";
        names = 1.5, real 0.0..=20.0, "probability per share", Assumed,
            "Probability that a leader names a role, for each unit of its share in what they take the organization to be (ζ).",
            "set so that year 1 has about the published 1.46 names a leader";
        uncertain = 0.755, real 0.0..=1.0, "uncertainty", Assumed,
            "Uncertainty above which a leader says so (υ).",
            "set so that year 1 has about the published 3 of 26";
    }
    /// Constants of the shipped rival theories; the standard theory reads none of them.
    rival: Rival {
        talk_rate = 0.25, real 0.0..=1.0, "probability", Stated,
            "Rate of role talk in the random-talk theory.",
            "Farrell, Harrison & Coburn 2019: 25 % of episodes";
        averaging = 0.05, real 0.0..=1.0, "fraction", Assumed,
            "Step toward what is heard in the averaging theory.",
            "as in models of consensus; size assumed";
        decree = 50.0, real 0.0..=1000.0, "observations", Assumed,
            "Certainty that a settlement adds in the fiat theory.",
            "five times what halves uncertainty: nobody doubts what was decreed";
        socialization = 0.10, real 0.0..=1.0, "probability a month", Literature,
            "Probability of adopting the code in the code-learning theory (p₁).",
            "March 1991 uses 0.1 to 0.9 a period; slow learning";
        code_learning = 0.50, real 0.0..=1.0, "probability", Literature,
            "Readiness of the code to learn from one who does better (p₂).",
            "March 1991 uses 0.1 to 0.9";
    }
}

/// Groups of parameters that a rule allows only together; each rule is monotone in each of them.
pub const TOGETHER: [&[&str]; 3] = [
    &["discourse.question", "discourse.history", "discourse.comparison", "discourse.metaphor"],
    &["trust.asymmetry", "trust.gain"],
    &["meeting.mean_episodes", "meeting.fewest_episodes", "meeting.most_episodes"],
];

/// Parameters that are each allowed but not together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Conflict {
    /// The keys concerned.
    pub keys: &'static [&'static str],
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Parameters {
    /// What rules the values break between them.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let Discourse { question, history, comparison, metaphor, .. } = self.discourse;
        let kinds = question + history + comparison + metaphor;
        let loss = self.trust.asymmetry * self.trust.gain;
        let Meeting { fewest_episodes: fewest, most_episodes: most, mean_episodes: mean, .. } =
            self.meeting;
        /// Whether it is broken, the numbers concerned, and what is wrong with them.
        type Rule<'a> = (bool, &'static [&'static str], &'a dyn Fn() -> String);
        let rules: [Rule<'_>; 4] = [
            (kinds > 1.0 + 1e-9, TOGETHER[0], &|| {
                format!(
                    "the kinds of contribution sum to {kinds}; allowed is at most 1, assertions take the rest"
                )
            }),
            (loss > 1.0, TOGETHER[1], &|| {
                format!(
                    "the loss of trust in a month of breaches is {loss}; allowed is at most 1, or trust would fall below nothing"
                )
            }),
            (fewest > most, &["meeting.fewest_episodes", "meeting.most_episodes"], &|| {
                format!(
                    "a meeting holds at least {fewest} and at most {most} episodes; the first must not exceed the second"
                )
            }),
            (fewest <= most && !(fewest..=most).contains(&mean), TOGETHER[2], &|| {
                format!(
                    "the mean of {mean} episodes must lie between fewest_episodes ({fewest}) and most_episodes ({most})"
                )
            }),
        ];
        let broken = rules.into_iter().filter(|(broken, ..)| *broken);
        broken.map(|(_, keys, message)| Conflict { keys, message: message() }).collect()
    }
}

/// The row of a key.
pub fn find(key: &str) -> Option<&'static Parameter> {
    TABLE.iter().find(|row| row.key == key)
}

/// The keys of one group, without the group's name.
pub fn names_of(group: &str) -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter_map(move |row| row.key.strip_prefix(group)?.strip_prefix('.'))
}

/// The names of the groups, in order.
pub fn groups() -> Vec<&'static str> {
    let mut groups: Vec<_> =
        TABLE.iter().filter_map(|row| Some(row.key.split_once('.')?.0)).collect();
    groups.dedup();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_its_default_is_allowed() {
        for row in TABLE {
            assert!(row.low <= row.default && row.default <= row.high, "{}", row.key);
            assert!(!row.unit.is_empty() && row.meaning.ends_with('.'), "{}", row.key);
            assert!(row.source.len() > 10, "{} has no source", row.key);
            assert!(!row.whole || row.default == row.default.trunc(), "{}", row.key);
        }
    }

    #[test]
    fn every_key_reaches_its_own_place() {
        let mut parameters = Parameters::default();
        for (i, row) in TABLE.iter().enumerate() {
            *parameters.get_mut(row.key).expect("a key of the table") = i as f64;
        }
        for (i, row) in TABLE.iter().enumerate() {
            assert_eq!(parameters.get_mut(row.key).copied(), Some(i as f64), "{}", row.key);
        }
        assert!(parameters.get_mut("agenda.treshold").is_none());
    }

    #[test]
    fn groups_partition_the_table() {
        let keys = groups().iter().map(|group| names_of(group).count()).sum::<usize>();
        assert_eq!(keys, TABLE.len());
    }
}
