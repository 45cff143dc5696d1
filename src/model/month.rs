//! What happens in a month, in order. This list is the process overview of the ODD.

use super::event::Watch;
use super::partnership::Partnership;
use super::theory::Theory;
use super::{
    acts, capacity, funding, interventions, listening, meeting, memory, renewal, requests, trust,
    turnover, work,
};
use crate::streams::Process;

pub(super) fn live<T: Theory>(p: &mut Partnership, theory: &T, watch: &mut dyn Watch) {
    p.month += 1;
    if p.ended.is_none() {
        funding::received(p, watch);
        turnover::scheduled_shocks(p, watch);
        turnover::departures(p, watch);
        turnover::arrivals(p, watch);
        funding::salaries(p, watch);
        interventions::paid(p);
        capacity::built(p);
        listening::newcomers_welcomed(p, theory, watch);
        requests::made(p, watch);
        work::enacted(p);
        meeting::held(p, theory, watch);
        work::between_meetings(p, watch);
        acts::seen(p, theory, watch);
        listening::between_meetings(p, theory);
        memory::informal_contact(p, theory);
        trust::appraised(p);
        memory::forgotten(p);
        memory::identities_drift(p);
        theory.close_month(p, p.streams().at(Process::Rival).month(p.month));
        renewal::benefit_felt(p);
        renewal::renewed_or_ended(p, watch);
    }
    watch.month(p);
}
