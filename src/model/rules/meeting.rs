//! Meetings: who is there, and how each episode comes to be about roles or about work.
//!
//! Source: the meetings and the coding of episodes in Farrell, Harrison & Coburn 2019.

use super::discourse::{self, Floor};
use super::scene::{Room, Scene};
use super::work::Pace;
use super::{interventions, settlement, work};
use crate::ids::{OrganizationId, SeatId};
use crate::model::event::{Episode, Event, TalkKind, Topic};
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::partnership::Partnership;
use crate::model::theory::Theory;
use crate::samplers::{binomial, poisson};
use crate::streams::{Draw, Process};
use std::cell::OnceCell;

/// The smallest number of contributions that make an episode (the coding rule of the study).
const LEAST_CONTRIBUTIONS: u32 = 5;

/// The meetings of the month, one after another.
pub(in crate::model) fn hold_meetings<T: Theory>(scene: &mut Scene<T>) {
    let month = scene.p.month;
    let meetings = scene.setup.calendar.meetings_in(month);
    for meeting in 0..meetings {
        let now = f64::from(month) + f64::from(meeting) / f64::from(meetings);
        hold(scene, meeting, now);
    }
}

/// The meeting of the month with this number, from 0, at this time in months.
fn hold<T: Theory>(scene: &mut Scene<T>, meeting: u32, now: f64) {
    let p = &mut *scene.p;
    let paid_for = p.meeting_affordable();
    let mut room = gather(p, scene.theory, paid_for, p.at(Process::Attendance).meeting(meeting));
    let count = episode_count(scene.setup, p.at(Process::EpisodeCount).meeting(meeting));
    if !several_organizations(p, &room) {
        scene.tell(Event::NoMeeting);
        return;
    }
    if paid_for {
        p.pay_for_meeting();
    }
    p.meetings += 1;
    let facilitated = p.facilitated();
    // Lent to those who watch.
    let begun = Event::Meeting { present: std::mem::take(&mut room.present) };
    scene.tell_of(&begun);
    if let Event::Meeting { present } = begun {
        room.present = present;
    }
    let p = &*scene.p;
    let mut pace = Pace::of(p, &room.present);
    let mut unresolved = vec![0u32; p.organizations.len()];
    let mut tensions = Vec::with_capacity(p.organizations.len());
    if let Some(talk) = facilitated {
        interventions::take_place(scene, talk.intervention);
    }
    for episode in 0..count {
        let facilitated = facilitated.filter(|talk| episode < talk.episodes);
        let subject = facilitated.map(|_| OrganizationId(episode as usize % unresolved.len()));
        let Talk { record, in_mind: about, substantive } =
            talk(scene, &room, meeting, episode, subject, &mut tensions);
        let initiator = record.initiator;
        let negotiated = record.topic == Topic::Roles;
        let taken = if negotiated { scene.theory.time_taken_by_talk() } else { 0.0 };
        scene.tell(Event::Episode(record));
        if substantive {
            work::work_in_episode(scene, &mut pace, 1.0 - taken);
        }
        let settled = match facilitated {
            Some(talk) => settlement::propose(scene, &room, initiator, about, &talk),
            None if negotiated => {
                let at = scene.p.at(Process::Demand).meeting(meeting).episode(episode);
                settlement::attempt(scene, &room, initiator, about, at)
            }
            None => false,
        };
        if settled || negotiated {
            unresolved[about] = if settled { 0 } else { unresolved[about] + 1 };
        }
    }
    let last = std::mem::replace(&mut scene.p.last_meeting, now);
    let elapsed = if last > 0.0 { now - last } else { 1.0 };
    settlement::leave_open(scene, &unresolved, count, elapsed);
}

fn gather<T: Theory>(p: &Partnership, theory: &T, paid_for: bool, at: Draw) -> Room {
    let parameters = &p.setup.parameters;
    let usual = parameters.meeting.attendance;
    let paid = if paid_for { 1.0 } else { parameters.funding.unpaid_attendance };
    let attends = |seat: &SeatId| {
        let attendance = p.setup.seats[*seat].attendance.unwrap_or(usual);
        at.seat(p.seats[*seat].key).chance(attendance * paid)
    };
    let present: Vec<SeatId> = p.team().map(|(seat, _)| seat).filter(attends).collect();
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
    let defers = vec![OnceCell::new(); p.organizations.len()];
    Room { present, status, voice, defers }
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

/// An episode, and what its record does not say.
struct Talk {
    record: Episode,
    /// The organization that the initiator has in mind.
    in_mind: OrganizationId,
    /// Its time is for joint work, as far as talk about roles does not take it.
    substantive: bool,
}

/// One episode: somebody initiates, has one organization in mind in proportion to their tension,
/// and raises roles or turns to the agenda; then contributions follow. In a facilitated talk the
/// subject is given: that organization's role.
fn talk<T: Theory>(
    scene: &mut Scene<T>,
    room: &Room,
    meeting: u32,
    episode: u32,
    subject: Option<OrganizationId>,
    tensions: &mut Vec<f64>,
) -> Talk {
    let parameters = &scene.setup.parameters;
    let (streams, month) = (scene.p.streams(), scene.p.month);
    let at = |process| streams.at(process).month(month.0).meeting(meeting).episode(episode);
    let speaker = |p: &Partnership, at: Draw, speaks: &dyn Fn(SeatId) -> bool| {
        let speakers = room.present.iter().filter(|seat| speaks(**seat));
        at.choose(speakers.map(|&seat| (seat, p.seats[seat].key, room.voice[seat])))
    };
    let initiator = speaker(scene.p, at(Process::Initiator), &|_| true).unwrap_or(room.present[0]);
    let (in_mind, raised) = match subject {
        Some(subject) => (subject, true),
        None => {
            let (o, tension) = organization_in_mind(
                scene.p,
                scene.theory,
                initiator,
                at(Process::InMind),
                tensions,
            );
            let raises = scene.theory.raises_roles(tension, &parameters.agenda);
            (o, at(Process::Agenda).chance(raises))
        }
    };
    let share = if raised { parameters.meeting.focus } else { parameters.meeting.stray };

    let extra =
        poisson(at(Process::ContributionCount).uniform(), parameters.meeting.extra_contributions);
    let contributions = LEAST_CONTRIBUTIONS + extra;
    let mut kinds = [0; TalkKind::ALL.len()];
    let mut floor = Floor::Initiator(initiator);
    for c in 0..contributions {
        let about_roles = at(Process::AboutRoles).contribution(c).chance(share);
        if !about_roles {
            floor = Floor::Anybody;
            continue;
        }
        let p = &*scene.p;
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
        let at = |process| at(process).contribution(c);
        let (kind, next) = discourse::contribute(scene, room, seat, in_mind, asked, &at);
        kinds[kind as usize] += 1;
        scene.tell(Event::Contribution { seat, about: in_mind, kind });
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
    Talk { record, in_mind, substantive }
}

/// One organization, drawn in proportion to the tension about it, so that more organizations do
/// not by themselves mean more talk. The others share the weight that the one other has in a
/// partnership of two: one's own organization comes to mind no less where there are many.
fn organization_in_mind(
    p: &Partnership,
    theory: &impl Theory,
    seat: SeatId,
    at: Draw,
    tensions: &mut Vec<f64>,
) -> (OrganizationId, f64) {
    let Some(person) = p.person(seat) else { return (OrganizationId(0), 0.0) };
    let agenda = &p.setup.parameters.agenda;
    let tension =
        |o| theory.tension(&person.trouble(o, &p.setup, p.organizations[o].open_question), agenda);
    tensions.clear();
    tensions.extend(p.setup.organization_ids().map(tension));
    let others = (tensions.len() - 1) as f64;
    let weight = |(o, tension): (OrganizationId, &f64)| match person.is_insider(o) {
        true => *tension,
        false => tension / others,
    };
    let weights = || OrganizationId::each(tensions.iter()).map(weight);
    let mut left = at.uniform() * weights().sum::<f64>();
    let chosen = weights().position(|weight| {
        left -= weight;
        left < 0.0
    });
    let o = chosen.unwrap_or((at.pair().1 * tensions.len() as f64) as usize);
    let o = OrganizationId(o);
    (o, tensions[o])
}
