//! Meetings: who is there, and how each episode comes to be about roles or about work.
//!
//! Source: the meetings and the coding of episodes in Farrell, Harrison & Coburn 2019.

use super::discourse::Floor;
use super::{discourse, settlement, work};
use crate::model::event::{Episode, Event, TalkKind, Topic, Watch};
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::partnership::Partnership;
use crate::model::theory::Theory;
use crate::samplers::{binomial, poisson};
use crate::streams::{Draw, Process};
use std::sync::Arc;

/// Who is in the room, and what their word weighs.
pub(in crate::model) struct Room {
    /// Seats of those present, in order.
    pub present: Vec<usize>,
    /// Status by seat, mean 1 among those present; 0 if absent.
    pub status: Vec<f64>,
    /// Weight when a speaker is chosen, by seat; 0 if absent.
    pub voice: Vec<f64>,
}

/// The smallest number of contributions that make an episode (the coding rule of the study).
const LEAST_CONTRIBUTIONS: u32 = 5;

pub(in crate::model) fn held<T: Theory>(p: &mut Partnership, theory: &T, watch: &mut dyn Watch) {
    let meetings = p.setup.calendar.meetings_in(p.month);
    for meeting in 0..meetings {
        let now = f64::from(p.month) + f64::from(meeting) / f64::from(meetings);
        hold(p, theory, meeting, now, watch);
    }
}

fn hold<T: Theory>(p: &mut Partnership, theory: &T, meeting: u32, now: f64, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    let at = |process| p_address(p, process, meeting);
    let paid_for = p.meeting_affordable();
    let room = gather(p, theory, paid_for, at(Process::Attendance));
    let count = episode_count(&setup, at(Process::EpisodeCount));
    if !several_organizations(p, &room) {
        p.tell(watch, Event::NoMeeting);
        return;
    }
    if paid_for {
        p.pay_for_meeting();
    }
    p.meetings += 1;
    p.tell(watch, Event::Meeting { present: room.present.clone() });
    let mut pace = work::Pace::of(p, &room.present);
    let mut unresolved = vec![0u32; p.organizations.len()];
    let facilitated = p.facilitated();
    if let Some(talk) = facilitated {
        p.occasion(talk.intervention, watch);
    }
    for episode in 0..count {
        let facilitated = facilitated.filter(|talk| episode < talk.episodes);
        let subject = facilitated.map(|_| episode as usize % p.organizations.len());
        let talk = talk(p, &setup, theory, &room, meeting, episode, subject, watch);
        let about = talk.in_mind;
        let time_for_agenda = match talk.record.topic {
            Topic::Roles => 1.0 - theory.time_taken_by_talk(),
            _ => 1.0,
        };
        let negotiated = talk.record.topic == Topic::Roles;
        p.tell(watch, Event::Episode(talk.record));
        if talk.substantive {
            work::episode(p, &setup, &mut pace, time_for_agenda, watch);
        }
        let initiator = talk.initiator;
        let settled = match facilitated {
            Some(talk) => {
                settlement::proposed(p, &setup, theory, &room, initiator, about, &talk, watch)
            }
            None if negotiated => {
                let at = p_address(p, Process::Demand, meeting).episode(episode);
                settlement::attempted(p, &setup, theory, &room, initiator, about, at, watch)
            }
            None => false,
        };
        if settled || negotiated {
            unresolved[about] = if settled { 0 } else { unresolved[about] + 1 };
        }
    }
    let elapsed = if p.last_meeting > 0.0 { now - p.last_meeting } else { 1.0 };
    p.last_meeting = now;
    settlement::leave_open(p, &setup, &unresolved, count, elapsed);
}

fn p_address(p: &Partnership, process: Process, meeting: u32) -> Draw {
    p.streams().at(process).month(p.month).meeting(meeting)
}

fn gather<T: Theory>(p: &Partnership, theory: &T, paid_for: bool, at: Draw) -> Room {
    let parameters = &p.setup.parameters;
    let usual = parameters.meeting.attendance;
    let attendance = if paid_for { usual } else { usual * parameters.funding.unpaid_attendance };
    let attends = |seat: &usize| at.seat(p.seats[*seat].key).chance(attendance);
    let present: Vec<usize> = p.team().map(|(seat, _)| seat).filter(attends).collect();
    let mut status = vec![0.0; p.seats.len()];
    let mut voice = vec![0.0; p.seats.len()];
    let levelled = p.under(InterventionKind::Broker).map_or(0.0, |_| parameters.broker.levelling);
    for &seat in &present {
        let own = p.person(seat).map_or(0.0, |q| q.status * p.voice_of_money(q.organization));
        status[seat] = own;
        let alone = theory.voice(own, &parameters.agenda);
        voice[seat] = alone + levelled * (1.0 - alone);
    }
    let total: f64 = status.iter().sum();
    if total > 0.0 {
        let mean = total / present.len() as f64;
        status.iter_mut().for_each(|s| *s /= mean);
    }
    Room { present, status, voice }
}

/// Between the fewest and the most, with the stated mean: fewest + Binomial(most − fewest, p).
fn episode_count(setup: &Setup, at: Draw) -> u32 {
    let meeting = &setup.parameters.meeting;
    let spread = (meeting.most_episodes - meeting.fewest_episodes) as u32;
    let p = if spread == 0 {
        0.0
    } else {
        (meeting.mean_episodes - meeting.fewest_episodes) / f64::from(spread)
    };
    meeting.fewest_episodes as u32 + binomial(at.uniform(), spread, p)
}

fn several_organizations(p: &Partnership, room: &Room) -> bool {
    let mut there = room.present.iter().filter_map(|seat| p.person(*seat)).map(|q| q.organization);
    let heard = room.voice.iter().any(|voice| *voice > 0.0);
    there.next().is_some_and(|first| there.any(|other| other != first)) && heard
}

struct Talk {
    record: Episode,
    initiator: usize,
    in_mind: usize,
    substantive: bool,
}

/// One episode: somebody initiates, has one organization in mind in proportion to their tension,
/// and raises roles or turns to the agenda; then contributions follow. In a facilitated talk the
/// subject is given: that organization's role.
#[allow(clippy::too_many_arguments)] // the situation: who, where, when, about what
fn talk<T: Theory>(
    p: &mut Partnership,
    setup: &Setup,
    theory: &T,
    room: &Room,
    meeting: u32,
    episode: u32,
    subject: Option<usize>,
    watch: &mut dyn Watch,
) -> Talk {
    let parameters = &setup.parameters;
    let (streams, month) = (p.streams(), p.month);
    let at = |process| streams.at(process).month(month).meeting(meeting).episode(episode);
    let speaker = |p: &Partnership, at: Draw, speaks: &dyn Fn(usize) -> bool| {
        let speakers = room.present.iter().filter(|seat| speaks(**seat));
        at.choose(speakers.map(|&seat| (seat, p.seats[seat].key, room.voice[seat])))
    };
    let initiator = speaker(p, at(Process::Initiator), &|_| true).unwrap_or(room.present[0]);
    let (in_mind, raised) = match subject {
        Some(subject) => (subject, true),
        None => {
            let (o, tension) = organization_in_mind(p, setup, initiator, at(Process::InMind));
            let raises = theory.raises_roles(tension, &parameters.agenda);
            (o, at(Process::Agenda).chance(raises))
        }
    };
    let share = if raised { parameters.meeting.focus } else { parameters.meeting.stray };

    let extra =
        poisson(at(Process::ContributionCount).uniform(), parameters.meeting.extra_contributions);
    let contributions = LEAST_CONTRIBUTIONS + extra;
    let mut kinds = [0; 5];
    let mut floor = Floor::open(initiator);
    for c in 0..contributions {
        let about_roles = at(Process::AboutRoles).contribution(c).chance(share);
        if !about_roles {
            floor = Floor::Anybody;
            continue;
        }
        let asked = floor.asked();
        let seat = match floor {
            Floor::Initiator(seat) => Some(seat),
            Floor::Anybody => speaker(p, at(Process::Speaker).contribution(c), &|_| true),
            Floor::Other { organization, about } => {
                speaker(p, at(Process::Speaker).contribution(c), &|seat| {
                    p.person(seat)
                        .is_some_and(|person| discourse::other_side(person, organization, about))
                })
            }
        };
        let Some(seat) = seat else {
            floor = Floor::Anybody;
            continue;
        };
        let (kind, next) =
            discourse::contribute(p, setup, theory, room, seat, in_mind, asked, &|process| {
                at(process).contribution(c)
            });
        kinds[kind as usize] += 1;
        p.tell(watch, Event::Contribution { seat, about: in_mind, kind });
        floor = next;
    }

    let about_roles: u32 = kinds.iter().sum();
    let negotiation = 2 * about_roles > contributions;
    let substantive = !at(Process::Substance).chance(parameters.agenda.other_business);
    let topic = match (negotiation, substantive) {
        (true, _) => Topic::Roles,
        (false, true) => Topic::Work,
        (false, false) => Topic::Other,
    };
    let record = Episode {
        number: episode + 1,
        topic,
        peripheral: !negotiation && about_roles > 0,
        about: (about_roles > 0).then_some(in_mind),
        initiator,
        contributions,
        kinds,
        misread: at(Process::Coding).chance(parameters.meeting.miscoding),
    };
    debug_assert_eq!(TalkKind::ALL.len(), kinds.len());
    Talk { record, initiator, in_mind, substantive }
}

/// One organization, drawn in proportion to the tension about it, so that more organizations do
/// not by themselves mean more talk. The others share the weight that the one other has in a
/// partnership of two: one's own organization comes to mind no less where there are many.
fn organization_in_mind(p: &Partnership, setup: &Setup, seat: usize, at: Draw) -> (usize, f64) {
    let Some(person) = p.person(seat) else { return (0, 0.0) };
    let tension = |o: usize| {
        person.tension(
            o,
            &setup.organizations[o].repertoire,
            p.organizations[o].open_question,
            setup.parameters.agenda.newness,
            setup.parameters.learning.half_certainty,
        )
    };
    let tensions: Vec<f64> = (0..p.organizations.len()).map(tension).collect();
    let others = (tensions.len() - 1) as f64;
    let weight = |(o, tension): (usize, &f64)| match person.is_insider(o) {
        true => *tension,
        false => tension / others,
    };
    let weights: Vec<f64> = tensions.iter().enumerate().map(weight).collect();
    let mut left = at.uniform() * weights.iter().sum::<f64>();
    let chosen = weights.iter().position(|weight| {
        left -= weight;
        left < 0.0
    });
    let o = chosen.unwrap_or((at.pair().1 * tensions.len() as f64) as usize);
    (o, tensions[o])
}
