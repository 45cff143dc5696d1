//! Joint work: projects, their modes and milestones, and what is enacted.
//!
//! A project keeps the mode it began in: the arrangement then in force. A settlement therefore
//! governs what begins after it ("in subsequent projects", Farrell, Harrison & Coburn 2019).
//! Talk displaces work because it takes the meeting's time; that unclear roles and distrust slow
//! the rest are assumed channels, each accounted for apart and each with a switch.

use super::funding::Agenda;
use super::scene::Scene;
use crate::ids::{OrganizationId, SeatId};
use crate::model::event::Event;
use crate::model::state::partnership::Partnership;
use crate::model::state::project::{Commitment, Project};
use crate::roles::{MAX_ROLES, Mix};

/// How fast work goes in given company, and what it is worth: taken at the start of a meeting,
/// and of the time between meetings.
pub(in crate::model) struct Pace<'a> {
    members: &'a [SeatId],
    trust: f64,
    projects: Vec<Worth>,
    /// What a unit of work is worth to each organization, by project.
    values: Vec<f64>,
}

/// A project's clarity, and how well its mode fits what is wanted.
#[derive(Clone, Copy)]
struct Worth {
    clarity: f64,
    fit: f64,
}

impl<'a> Pace<'a> {
    pub fn of(p: &Partnership, members: &'a [SeatId]) -> Self {
        let distrust = 1.0 - p.mean_trust(members);
        let count = p.projects.len();
        let mut pace = Pace {
            members,
            trust: 1.0 - p.setup.parameters.work.trust_weight * distrust,
            projects: Vec::with_capacity(count),
            values: vec![0.0; count * p.organizations.len()],
        };
        for (i, project) in p.projects.iter().enumerate() {
            // Projects of one mode are alike in all that is taken here.
            let worth = match p.projects[..i].iter().position(|other| other.mode == project.mode) {
                Some(same) => {
                    let width = p.organizations.len();
                    pace.values.copy_within(same * width..(same + 1) * width, i * width);
                    pace.projects[same]
                }
                None => pace.worth(p, i),
            };
            pace.projects.push(worth);
        }
        pace
    }

    /// What work on a project is worth now.
    fn worth(&mut self, p: &Partnership, project: usize) -> Worth {
        let mode = &p.projects[project].mode;
        let unclear = 1.0 - p.role_clarity(mode, self.members);
        let fits =
            OrganizationId::each(self.values_of(project, mode.len())).filter_map(|(o, to)| {
                let fit = p.fit_for(mode, o);
                *to = p.value(mode, o, fit);
                fit
            });
        Worth {
            clarity: 1.0 - p.setup.parameters.work.clarity_weight * unclear,
            fit: mean(fits).unwrap_or(1.0),
        }
    }

    fn values_of(&mut self, project: usize, organizations: usize) -> &mut [f64] {
        &mut self.values[project * organizations..][..organizations]
    }
}

/// What each organization enacts this month: the modes of the running projects, and the requests
/// it accepted, by the staff time they take.
pub(in crate::model) fn enact_roles<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    let staff = setup.parameters.requests.staff;
    for o in p.setup.organization_ids() {
        p.organizations[o].gained = 0.0;
        let for_projects = (1.0 - p.staff_committed(o)) / p.projects.len() as f64;
        let mut weights = [0.0; MAX_ROLES];
        for project in &p.projects {
            for (weight, share) in weights.iter_mut().zip(project.mode[o].shares()) {
                *weight += for_projects * share;
            }
        }
        for commitment in p.commitments.iter().filter(|c| c.by == o) {
            weights[commitment.role] += staff;
        }
        if let Some(mix) = Mix::in_proportion(weights) {
            p.organizations[o].enacted = mix;
        }
    }
}

/// A substantive episode; `time` is the part of it that talk about roles left.
pub(in crate::model) fn work_in_episode<T>(scene: &mut Scene<T>, pace: &mut Pace, time: f64) {
    let p = &mut *scene.p;
    let (capacity, taken) = (p.capacity(), p.agenda_taken());
    p.ledger.displaced += (1.0 - time) * capacity;
    p.ledger.set_aside += time * taken * capacity;
    carry_out(scene, pace, time * (1.0 - taken), capacity);
}

/// A month of joint work between meetings, by the staff that nothing else takes.
pub(in crate::model) fn work_between_meetings<T>(scene: &mut Scene<T>) {
    let p = &mut *scene.p;
    let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
    let capacity = p.capacity();
    let committed = p.setup.organization_ids().map(|o| p.staff_elsewhere(o)).sum::<f64>()
        / p.organizations.len() as f64;
    let fullest = scene.setup.parameters.work.between;
    p.ledger.diverted += committed * fullest * capacity;
    serve_requests(p, capacity);
    let taken = (p.staff_time_taken() + p.time_seeking_money()).min(1.0);
    p.ledger.set_aside += fullest * (1.0 - committed) * taken * capacity;
    let mut pace = Pace::of(p, &team);
    carry_out(scene, &mut pace, fullest * (1.0 - committed) * (1.0 - taken), capacity);
}

/// The staff time that an accepted request takes is worth its full amount to the organization that
/// asked for it. Part of what is counted as diverted is spent in this way.
fn serve_requests(p: &mut Partnership, capacity: f64) {
    let staff = p.setup.parameters.work.between * capacity / p.organizations.len() as f64;
    for i in 0..p.commitments.len() {
        let Commitment { by, on_behalf_of, .. } = p.commitments[i];
        let accepted = p.commitments.iter().filter(|c| c.by == by).count() as f64;
        p.organizations[on_behalf_of].gained += staff * p.staff_committed(by) / accepted;
    }
}

/// Takes note of the milestones that fall due this month and have not been reached.
pub(in crate::model) fn note_missed_promises(p: &mut Partnership) {
    let milestones = p.setup.parameters.work.milestones;
    let pace = p.setup.planned_pace();
    for project in &mut p.projects {
        let months = project.effort / pace;
        while f64::from(project.due) < milestones
            && f64::from(p.month)
                >= project.began + months * f64::from(project.due + 1) / milestones
        {
            project.due += 1;
            if project.reached < project.due {
                p.promises.1 += 1.0;
            }
        }
    }
}

/// Work on all projects alike at the pace of this capacity, slowed by unclear roles and distrust.
fn carry_out<T>(scene: &mut Scene<T>, pace: &mut Pace, amount: f64, capacity: f64) {
    if amount <= 0.0 {
        return;
    }
    let full = amount * capacity / scene.p.projects.len() as f64;
    for i in 0..scene.p.projects.len() {
        let p = &mut *scene.p;
        let worth = pace.projects[i];
        let setting_up = full.min(p.projects[i].to_set_up);
        p.projects[i].to_set_up -= setting_up;
        p.ledger.set_aside += setting_up;
        let full = full - setting_up;
        let clear = full * worth.clarity;
        let done = clear * pace.trust;
        // A theory may have spoiled somebody's trust; the end of the month says so.
        if !done.is_finite() {
            return;
        }
        p.ledger.lost_to_unclear_roles += full - clear;
        p.ledger.lost_to_distrust += clear - done;
        p.ledger.done += done;
        p.ledger.prioritized += done * worth.fit;
        let count = p.organizations.len();
        for (organization, value) in p.organizations.iter_mut().zip(pace.values_of(i, count)) {
            organization.gained += done * *value;
        }
        p.projects[i].done += done;
        if reach(scene, i) {
            pace.projects[i] = pace.worth(scene.p, i);
        }
    }
}

/// A project reaches its milestones; one that is finished makes room for another in the
/// arrangement now in force. Returns whether one did.
fn reach<T>(scene: &mut Scene<T>, i: usize) -> bool {
    let mut renewed = false;
    loop {
        reach_milestones(scene, i);
        let p = &mut *scene.p;
        let project = &p.projects[i];
        if project.done < project.effort {
            return renewed;
        }
        let next = p.next_project(project.done - project.effort);
        let (done, began) = (project.number, next.number);
        let finished = std::mem::replace(&mut p.projects[i], next);
        p.use_results(finished.effort, &finished.mode);
        p.projects_begun += 1;
        renewed = true;
        scene.tell(Event::ProjectDone { project: done });
        scene.tell(Event::ProjectBegan { project: began });
    }
}

fn reach_milestones<T>(scene: &mut Scene<T>, i: usize) {
    let work = &scene.setup.parameters.work;
    let pace = scene.setup.planned_pace();
    loop {
        let p = &mut *scene.p;
        let project = &mut p.projects[i];
        let next = f64::from(project.reached + 1);
        if next > work.milestones || project.done < project.effort * next / work.milestones {
            return;
        }
        let months = project.effort / pace;
        project.reached += 1;
        if project.reached > project.due {
            p.promises.0 += 1.0;
            p.promises.1 += 1.0;
        }
        let late = f64::from(p.month) - (project.began + months * next / work.milestones);
        let project = project.number;
        p.ledger.milestones += 1;
        p.ledger.months_late += late.max(0.0);
        scene.tell(Event::Milestone { project, late });
    }
}

impl Partnership {
    /// A project to begin now, in the arrangement now in force. One that money for projects alone
    /// must pay for is no longer than that money lasts, and has to be set up; where other money
    /// covers a part of the need, this holds in the other part.
    fn next_project(&self, done: f64) -> Project {
        let work = &self.setup.parameters.work;
        let funding = &self.setup.parameters.funding;
        let ahead = self.agenda_ahead();
        let effort = ahead.map_or(work.effort, |Agenda { bound, months }| {
            let affordable = self.setup.planned_pace() * months;
            let affordable = affordable.clamp(funding.shortest * work.effort, work.effort);
            work.effort - bound * (work.effort - affordable)
        });
        Project {
            number: self.projects_begun,
            mode: self.organizations.iter().map(|o| o.agreed).collect(),
            effort,
            to_set_up: ahead.map_or(0.0, |agenda| agenda.bound * funding.set_up),
            done,
            began: f64::from(self.month),
            reached: 0,
            due: 0,
        }
    }

    /// How well a mode fits what an organization wants of the others, in \[0, 1\]; none if it wants
    /// nothing of them.
    pub(in crate::model) fn fit_for(
        &self,
        mode: &[Mix],
        organization: OrganizationId,
    ) -> Option<f64> {
        let wanted = OrganizationId::each(&self.organizations[organization].priorities);
        mean(wanted.filter(|(other, _)| *other != organization).filter_map(|(other, mix)| {
            let repertoire = &self.setup.organizations[other].repertoire;
            Some(1.0 - repertoire.distance(mix.as_ref()?, &mode[other]))
        }))
    }

    /// What a unit of work in a mode is worth to an organization: its fit with what it wants, and
    /// what may be published of it, by how much the organization values that.
    fn value(&self, mode: &[Mix], organization: OrganizationId, fit: Option<f64>) -> f64 {
        let plan = &self.setup.organizations[organization];
        let publishable = plan.publishable(&mode[organization]);
        let fit = fit.unwrap_or(1.0);
        let now = match self.is_client(organization) {
            true => 1.0 - self.setup.parameters.benefit.results_used,
            false => 1.0,
        };
        now * ((1.0 - plan.incentive) * fit + plan.incentive * publishable)
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}
