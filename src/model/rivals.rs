//! Rival theories that ship with the model, each a few rules put differently.
//!
//! They are compared with the standard theory on the same patterns and reported whichever way
//! that falls. A scenario names one; a program can also pass any [`Theory`] of its own to
//! [`Partnership::run`].

use crate::ids::OrganizationId;
use crate::model::event::Watch;
use crate::model::state::partnership::Partnership;
use crate::model::state::person::View;
use crate::model::state::refused::Unlivable;
use crate::model::theory::{Heard, Put, Standard, Theory, Trouble, weigh_evidence};
use crate::parameters::{Agenda, Settlement};
use crate::roles::{MAX_ROLES, Mix};
use crate::streams::Draw;
use serde::{Deserialize, Serialize};

/// Everybody initiates and speaks alike, whatever their status (ν = 0).
#[derive(Clone, Copy, Debug, Default)]
pub struct StatusBlind;

impl Theory for StatusBlind {
    fn voice(&self, _status: f64, _agenda: &Agenda) -> f64 {
        1.0
    }
}

/// People average what they hear, as in models of consensus (DeGroot 1974): speakers say the
/// whole of what they hold, hearers move both what they take to be and what they expect by a fixed
/// fraction, and certainty plays no part.
#[derive(Clone, Copy, Debug)]
pub struct Averaging {
    /// The fraction, as for a fully credible speaker.
    pub step: f64,
}

impl Theory for Averaging {
    fn assertion(&self, source: &Mix, _uniform: f64) -> Mix {
        *source
    }

    fn learn(&self, view: &mut View, heard: &Heard<'_>) {
        if heard.evidence <= 0.0 {
            return;
        }
        let step = (self.step * heard.credibility).min(1.0);
        view.conception = view.conception.toward(heard.claim, step);
        view.expectation = view.expectation.toward(heard.claim, step);
        view.certainty += heard.evidence;
    }
}

/// People learn from the organizational code and the code from those who do better (after March
/// 1991): the code is the agreed arrangement, and doing better is expecting what the other side
/// wants. Talk teaches nothing and settles nothing.
#[derive(Clone, Copy, Debug)]
pub struct CodeLearning {
    /// Monthly probability that a person adopts the code (p₁).
    pub socialization: f64,
    /// Readiness of the code to learn from each superior person (p₂).
    pub code_learning: f64,
}

impl Theory for CodeLearning {
    fn learn(&self, _: &mut View, _: &Heard<'_>) {}

    fn consents(&self, _: &Put, _: &Settlement) -> bool {
        false
    }

    fn close_month(&self, p: &mut Partnership, at: Draw) {
        // One observation, on whatever scale certainty is counted.
        let observation = p.setup.parameters.learning.half_certainty / 10.0;
        for o in p.setup.organization_ids() {
            let code = p.organizations[o].agreed;
            if let Some(lesson) = self.lesson_of_superiors(p, o, &code) {
                let (superiors, mean) = lesson;
                let stays = (0..superiors).fold(1.0, |q, _| q * (1.0 - self.code_learning));
                if at.item(o.0).chance(1.0 - stays) {
                    p.organizations[o].agreed = code.toward(&mean, self.code_learning);
                }
            }
            for seat in p.setup.seat_ids() {
                let adopts =
                    at.item(o.0).episode(1).seat(p.seats[seat].key).chance(self.socialization);
                if let Some(person) = p.seats[seat].person.as_mut().filter(|_| adopts) {
                    let view = &mut person.views[o];
                    view.conception = code;
                    view.expectation = view.expectation.toward(&code, 0.5);
                    view.certainty += observation;
                }
            }
        }
    }
}

impl CodeLearning {
    /// How many expect what is wanted better than the code does, and their mean expectation.
    fn lesson_of_superiors(
        &self,
        p: &Partnership,
        o: OrganizationId,
        code: &Mix,
    ) -> Option<(u32, Mix)> {
        let repertoire = &p.setup.organizations[o].repertoire;
        let others = OrganizationId::each(&p.organizations).filter(|(other, _)| *other != o);
        let wanted = others.filter_map(|(_, other)| other.priorities[o]).next()?;
        let standard = repertoire.distance(code, &wanted);
        let mut sum = [0.0; MAX_ROLES];
        let mut count = 0;
        for (_, person) in p.team() {
            let expected = &person.views[o].expectation;
            if repertoire.distance(expected, &wanted) < standard {
                count += 1;
                for (sum, share) in sum.iter_mut().zip(expected.shares()) {
                    *sum += share;
                }
            }
        }
        Mix::in_proportion(sum).map(|mean| (count, mean))
    }
}

/// Roles come up at a fixed rate, whatever anybody holds: the null of the whole model.
#[derive(Clone, Copy, Debug)]
pub struct RandomTalk {
    /// Probability that an episode is about roles.
    pub rate: f64,
}

impl Theory for RandomTalk {
    fn raises_roles(&self, _tension: f64, _agenda: &Agenda) -> f64 {
        self.rate
    }
}

/// Talk about roles takes no time from the agenda.
#[derive(Clone, Copy, Debug, Default)]
pub struct CostlessTalk;

impl Theory for CostlessTalk {
    fn time_taken_by_talk(&self) -> f64 {
        0.0
    }
}

/// Contradicting claims make as certain as agreeing ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDoubt;

impl Theory for NoDoubt {
    fn learn(&self, view: &mut View, heard: &Heard<'_>) {
        weigh_evidence(view, heard, 1.0);
    }
}

/// Talk is mute: no utterance in a meeting teaches or leaves an image.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mute;

impl Theory for Mute {
    fn weight_of_talk(&self) -> f64 {
        0.0
    }
}

/// An organization always says what it is, however much it is at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clear;

impl Theory for Clear {
    fn defers(&self, _: &Mix, _: usize) -> f64 {
        0.0
    }
}

/// Talk is mute, and a settlement tells everything: what people hold changes by decree.
#[derive(Clone, Copy, Debug)]
pub struct Fiat {
    /// Certainty that a settlement adds, in observations.
    pub lesson: f64,
}

impl Theory for Fiat {
    fn weight_of_talk(&self) -> f64 {
        0.0
    }

    fn consents(&self, put: &Put, settlement: &Settlement) -> bool {
        Standard.consents(&Put { understood: true, ..*put }, settlement)
    }

    fn lesson_of_settlement(&self, _: &Settlement) -> f64 {
        self.lesson
    }
}

/// Not knowing troubles nobody: people raise roles only where what seems to be is at odds with
/// what should be (κ = 0).
#[derive(Clone, Copy, Debug, Default)]
pub struct DivergenceOnly;

impl Theory for DivergenceOnly {
    fn tension(&self, trouble: &Trouble, agenda: &Agenda) -> f64 {
        Standard.tension(&Trouble { uncertainty: 0.0, ..*trouble }, agenda)
    }
}

/// A settlement is no evidence to those present (n_s = 0).
#[derive(Clone, Copy, Debug, Default)]
pub struct SilentSettlement;

impl Theory for SilentSettlement {
    fn lesson_of_settlement(&self, _: &Settlement) -> f64 {
        0.0
    }
}

macro_rules! shipped {
    ($($(#[$doc:meta])* $variant:ident = $word:literal: $make:expr;)+) => {
        /// A theory that ships with the model, by the word a scenario uses for it.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Shipped {
            #[default]
            $($(#[$doc])* $variant,)+
        }

        impl Shipped {
            /// All of them, the standard one first.
            pub const ALL: &[Shipped] = &[$(Shipped::$variant,)+];

            /// The word a scenario uses.
            pub fn word(self) -> &'static str {
                match self { $(Shipped::$variant => $word,)+ }
            }
        }

        impl Live for Shipped {
            fn live(
                &self,
                partnership: &mut Partnership,
                watch: &mut dyn Watch,
            ) -> Result<(), Unlivable> {
                let rival = partnership.setup.parameters.rival.clone();
                match self {
                    $(Shipped::$variant => {
                        let make: fn(&crate::parameters::Rival) -> _ = $make;
                        partnership.month(&make(&rival), watch)
                    })+
                }
            }
        }
    };
}

shipped! {
    /// The theory as it is.
    Standard = "standard": |_| Standard;
    /// [`StatusBlind`].
    StatusBlind = "status-blind": |_| StatusBlind;
    /// [`Averaging`].
    Averaging = "averaging": |rival| Averaging { step: rival.averaging };
    /// [`CodeLearning`].
    CodeLearning = "code-learning": |rival| CodeLearning {
        socialization: rival.socialization,
        code_learning: rival.code_learning,
    };
    /// [`RandomTalk`].
    RandomTalk = "random-talk": |rival| RandomTalk { rate: rival.talk_rate };
    /// [`CostlessTalk`].
    CostlessTalk = "costless-talk": |_| CostlessTalk;
    /// [`NoDoubt`].
    NoDoubt = "no-doubt": |_| NoDoubt;
    /// [`Mute`].
    Mute = "mute": |_| Mute;
    /// [`Clear`].
    Clear = "clear": |_| Clear;
    /// [`Fiat`].
    Fiat = "fiat": |rival| Fiat { lesson: rival.decree };
    /// [`DivergenceOnly`].
    DivergenceOnly = "divergence-only": |_| DivergenceOnly;
    /// [`SilentSettlement`].
    SilentSettlement = "silent-settlement": |_| SilentSettlement;
}

/// Anything a partnership can live by: every [`Theory`], and a [`Shipped`] one named at run time.
pub trait Live: Sync {
    /// Lives one month.
    ///
    /// # Errors
    /// As [`Partnership::month`]; never under a theory that ships.
    fn live(&self, partnership: &mut Partnership, watch: &mut dyn Watch) -> Result<(), Unlivable>;

    /// Lives until the horizon.
    ///
    /// # Errors
    /// As [`Partnership::month`]; never under a theory that ships.
    fn run_to_horizon(
        &self,
        partnership: &mut Partnership,
        watch: &mut dyn Watch,
    ) -> Result<(), Unlivable> {
        while partnership.month.0 < partnership.setup.calendar.months {
            self.live(partnership, watch)?;
        }
        Ok(())
    }
}

impl<T: Theory> Live for T {
    fn live(&self, partnership: &mut Partnership, watch: &mut dyn Watch) -> Result<(), Unlivable> {
        partnership.month(self, watch)
    }
}
