"""The core of the model in plain Python, written from its documentation (docs/odd.md).

It lives the built-in case `cypress`: shocks, requests, meetings with talk and settlement, joint
work, acts, talk among colleagues, trust, forgetting, identity and interviews. Turnover by chance,
money, interventions and renewal play no part in the case, and are left out. The random numbers are
Python's own, so that runs agree with those of rppsim in distribution, not one by one.

    python3 cypress.py RUNS [SEED] [WORLD]      with scenario.toml and params.csv in the folder WORLD

The two files are what `rppsim cases cypress` and `rppsim params --format csv` print.
"""

import csv
import random
import sys
import tomllib
from pathlib import Path

from mixes import ambiguity, choose, distance, in_proportion, logistic
from mixes import poisson, pure, role_of, scattered, toward

QUESTION, HISTORY, COMPARISON, METAPHOR, ASSERTION, DEFERRAL = range(6)
LEVELS = ["cabinet", "director", "specialist", "lead", "staff"]


class Scenario:
    """What does not change from run to run."""

    def __init__(self, folder):
        self.file = tomllib.loads((folder / "scenario.toml").read_text())
        with (folder / "params.csv").open(newline="") as table:
            defaults = {row["key"]: float(row["default"]) for row in csv.DictReader(table)}
        stated = {
            f"{group}.{name}": value
            for group, table in self.file.items() if isinstance(table, dict)
            for name, value in table.items() if f"{group}.{name}" in defaults
        }
        self.parameters = defaults | stated
        organizations = self.file["organization"]
        self.organizations = sorted(organizations)
        self.roles = {o: sorted(organizations[o]["role"]) for o in self.organizations}
        of_roles = lambda what, usual: {
            o: [organizations[o]["role"][role].get(what, usual) for role in self.roles[o]]
            for o in self.organizations
        }
        self.familiarity = of_roles("familiarity", 1.0)
        self.visibility = of_roles("visibility", 1.0)
        self.counted = of_roles("counted", True)
        self.serves = {o: organizations[o].get("works_for", []) for o in self.organizations}
        self.concerned = {
            o: [p for p in self.organizations
                if p == o or p in self.serves[o] or o in self.serves[p]]
            for o in self.organizations
        }
        self.wants = {
            o: {p: self.mix(p, mix) for p, mix in organizations[o].get("wants", {}).items()}
            for o in self.organizations
        }
        self.seats = []
        for name, plan in self.file["seat"].items():
            count = plan.get("count", 1)
            for place in range(count):
                own = name if count == 1 else f"{name}.{place + 1}"
                self.seats.append({**plan, "name": own})
        level = lambda seat: LEVELS.index(seat["level"])
        self.seats.sort(key=lambda seat: (seat["organization"], level(seat), seat["name"]))
        calendar = self.file["calendar"]
        self.months, self.age = calendar["months"], calendar["age"]
        self.pauses, self.first_month = calendar["pauses"], calendar["first_month"]
        self.meetings_a_month = calendar["meetings_per_month"]
        p = self.parameters
        episodes = p["meeting.mean_episodes"] * self.meetings_a_month * (12 - len(self.pauses)) / 12
        fullest = episodes * (1 - p["agenda.other_business"]) + p["work.between"]
        pace = p["work.planned_pace"] * fullest / p["work.projects"]
        self.months_of_project = p["work.effort"] / max(pace, 1e-9)

    def mix(self, organization, shares):
        return in_proportion([float(shares.get(r, 0.0)) for r in self.roles[organization]])

    def meets_in(self, month):
        return (self.first_month + month - 2) % 12 + 1 not in self.pauses


class Seat:
    def __init__(self, plan, usual_attendance):
        self.name, self.organization = plan["name"], plan["organization"]
        self.plan, self.team = plan, plan.get("team", False)
        self.attendance = plan.get("attendance", usual_attendance)
        self.person = None


class Person:
    """Somebody in a seat, and what they hold about each organization."""

    def __init__(self, world, seat, profile, since):
        scenario, held = world.scenario, world.scenario.file["profile"][profile]
        self.seat, self.organization, self.since = seat, seat.organization, since
        self.status = held.get("status", seat.plan.get("status", 1.0))
        self.retention = held.get("retention", scenario.parameters["learning.retention"])
        self.expectation, self.conception, self.certainty, self.trust = {}, {}, {}, {}
        for o in scenario.organizations:
            about = held.get("about", {}).get(o, {})
            self.expectation[o] = world.brought(about.get("expectation", "agreed"), o)
            self.conception[o] = world.brought(about.get("conception", "agreed"), o)
            self.certainty[o] = float(about.get("certainty", held.get("certainty", 20)))
            self.trust[o] = held.get("trust", 0.7)
        self.heard = list(self.conception[self.organization])
        self.seen = {o: [0, 0, 0] for o in scenario.organizations}  # kept, breached, all

    def learn(self, about, claim, evidence):
        if evidence <= 0:
            return
        held = self.conception[about]
        confirms = 1 - distance(claim, held)
        self.conception[about] = toward(held, claim, evidence / (self.certainty[about] + evidence))
        self.certainty[about] += evidence * confirms

    def forget(self):
        for about in self.certainty:
            self.certainty[about] *= self.retention

    def observes(self, organization, kept, breached, everything):
        seen = self.seen[organization]
        seen[0] += kept
        seen[1] += breached
        seen[2] += everything


class Organization:
    def __init__(self, scenario, name):
        plan = scenario.file["organization"][name]
        self.identity = scenario.mix(name, plan["identity"])
        self.agreed = scenario.mix(name, plan["agreed"])
        self.enacted = list(self.agreed)
        self.before = list(self.agreed)
        self.past = []  # the mix enacted in each month
        self.endurance = plan.get("endurance", 0.98)
        self.open_question = self.goodwill = self.committed = 0.0
        self.led_anew = None

    def history(self, since):
        """The mean mix enacted since a month; None if that is no time at all."""
        months = self.past[max(since, 1) - 1:]
        earlier = max(1 - since, 0)
        if not months and not earlier:
            return None
        sums = [earlier * share for share in self.before]
        for month in months:
            sums = [a + b for a, b in zip(sums, month)]
        return in_proportion(sums)


class Project:
    def __init__(self, world, began, done, reached):
        self.mode = {name: it.agreed for name, it in world.organizations.items()}
        self.began, self.done, self.reached, self.due = began, done, reached, reached


class Partnership:
    """One run."""

    def __init__(self, scenario, chances):
        self.scenario, self.random, self.p, self.month = scenario, chances, scenario.parameters, 0
        self.organizations = {o: Organization(scenario, o) for o in scenario.organizations}
        self.seats = [Seat(plan, self.p["meeting.attendance"]) for plan in scenario.seats]
        self.seat_called = {seat.name: seat for seat in self.seats}
        for seat in self.seats:
            if not seat.plan.get("vacant", False):
                profile = seat.plan["holder"]
                tenure = scenario.file["profile"][profile].get("tenure", 0)
                seat.person = self.newcomer(seat, profile, 1 - min(tenure, scenario.age))
        count, milestones = int(self.p["work.projects"]), self.p["work.milestones"]
        self.projects = []
        for place in range(count):
            part = (place + 0.5) / count
            began = 1 - part * scenario.months_of_project
            done, reached = part * self.p["work.effort"], int(part * milestones)
            self.projects.append(Project(self, began, done, reached))
        self.shocks = []
        for name in sorted(scenario.file["shock"]):
            shock = scenario.file["shock"][name]
            month = shock["month"]
            month = chances.randint(*month["integers"]) if isinstance(month, dict) else month
            self.shocks.append((month, shock))
        self.commitments = []  # organization, role, last month
        self.last_meeting, self.promises_kept = None, 0
        self.work = self.displaced = self.breaches = 0.0
        self.asked, self.meetings, self.settlements, self.interviews = {}, [], [], []

    def newcomer(self, seat, profile, since):
        return Person(self, seat, profile, since)

    def brought(self, start, about):
        """What somebody brings: a named mix or one of their own, scattered."""
        start = {"from": start} if isinstance(start, str) else start
        it = self.organizations[about]
        source = start.get("from", "agreed")
        named = {"agreed": it.agreed, "identity": it.identity, "enacted": it.enacted}
        mix = named[source] if isinstance(source, str) else self.scenario.mix(about, source)
        mean = toward(it.agreed, mix, start.get("weight", 1.0))
        return scattered(self.random, mean, start.get("scatter", 0.0))

    def people(self, organization=None):
        return [seat.person for seat in self.seats if seat.person is not None
                and (organization is None or seat.organization == organization)]

    def team(self):
        return [seat.person for seat in self.seats if seat.team and seat.person is not None]

    def chance(self, probability):
        return self.random.random() < probability

    def uncertainty(self, certainty):
        half = self.p["learning.half_certainty"]
        return half / (half + certainty)

    # The month, in order.

    def live(self):
        for _ in range(self.scenario.months):
            self.live_month()
        return self

    def live_month(self):
        self.month += 1
        self.strike()
        self.request()
        self.enact()
        if self.scenario.meets_in(self.month):
            for _ in range(self.scenario.meetings_a_month):
                self.meet()
        self.work_between_meetings()
        self.show_acts()
        self.talk_among_colleagues()
        self.appraise_trust()
        self.forget()
        self.revise_identities()
        self.interview()

    def strike(self):
        for month, shock in self.shocks:
            if month != self.month:
                continue
            for seat in map(self.seat_called.get, shock.get("leave", [])):
                if seat.team and seat.person is not None:
                    self.lose_acquaintance(seat)
                seat.team = False
            for seat in map(self.seat_called.get, shock.get("join", [])):
                seat.team = True
                if seat.person is not None:
                    seat.person.retention = self.p["learning.retention"]
                    continue
                seat.person = self.newcomer(seat, seat.plan["successor"], self.month)
                if seat.plan.get("head") or seat.plan["level"] in ("cabinet", "lead"):
                    self.organizations[seat.organization].led_anew = self.month

    def lose_acquaintance(self, seat):
        of, team = seat.organization, self.team()
        lost = self.p["trust.personal"] / sum(person.organization == of for person in team)
        for person in team:
            if person.organization != of:
                grown = max(0.0, person.trust[of] - self.p["launch.trust"])
                person.trust[of] -= lost * grown

    def request(self):
        p = self.p
        self.commitments = [c for c in self.commitments if c[2] >= self.month]
        for name, it in self.organizations.items():
            it.goodwill *= p["requests.goodwill_memory"]
            clients = self.scenario.serves[name]
            if not clients or not self.chance(p["requests.rate"]):
                continue
            asking = [q for q in self.people() if q.organization in clients]
            person = choose(self.random, asking, [q.status for q in asking])
            if person is None:
                continue
            role = role_of(self.random, person.expectation[name])
            readiness = (p["requests.base"] + p["requests.mission"] * it.identity[role]
                         + p["requests.goodwill"] * it.goodwill)
            accepted = self.chance(logistic(readiness))
            if accepted:
                until = self.month + int(p["requests.duration"]) - 1
                self.commitments.append((name, role, until))
                it.goodwill += p["requests.goodwill_gain"] * (1 - it.goodwill)
            for member in self.team():
                if member.organization == person.organization:
                    member.observes(name, accepted, 0, 1)

    def enact(self):
        staff = self.p["requests.staff"]
        for name, it in self.organizations.items():
            roles = [role for by, role, _ in self.commitments if by == name]
            it.committed = min(1.0, staff * len(roles))
            each = (1 - it.committed) / len(self.projects)
            weights = [each * sum(shares) for shares in zip(*(q.mode[name] for q in self.projects))]
            for role in roles:
                weights[role] += staff
            it.enacted = in_proportion(weights) or it.enacted

    # Meetings.

    def meet(self):
        p, rng = self.p, self.random
        present = [q for q in self.team() if self.chance(q.seat.attendance)]
        fewest, most = int(p["meeting.fewest_episodes"]), int(p["meeting.most_episodes"])
        longer = (p["meeting.mean_episodes"] - fewest) / (most - fewest)
        episodes = fewest + sum(self.chance(longer) for _ in range(most - fewest))
        if len({person.organization for person in present}) < 2:
            return
        mean = sum(person.status for person in present) / len(present)
        for person in present:
            person.weight = person.status / mean
            person.voice = person.status ** p["agenda.voice"]
        pace = self.pace(present)
        record = {"meeting": len(self.meetings) + 1, "month": self.month, "present": len(present),
                  "episodes": episodes, "roles": 0, "refusals": 0}
        unresolved = dict.fromkeys(self.organizations, 0)
        for _ in range(episodes):
            about, negotiated = self.episode(present)
            substantive = not self.chance(p["agenda.other_business"])
            if negotiated:
                record["roles"] += 1
                self.displaced += substantive
                outcome = self.propose(present, about)
                record["refusals"] += outcome is False
                unresolved[about] = 0 if outcome else unresolved[about] + 1
            elif substantive:
                self.carry_out(1.0, pace)
        gap = 1.0 if self.last_meeting is None else self.month - self.last_meeting
        self.last_meeting = self.month
        kept = p["settlement.open_memory"] ** gap
        for name, it in self.organizations.items():
            felt = p["settlement.open_most"] * unresolved[name] / episodes
            it.open_question = kept * it.open_question + (1 - kept) * felt
        self.meetings.append(record)

    def tension(self, person, about):
        p, question = self.p, self.organizations[about].open_question
        if person.organization == about:
            return distance(person.expectation[about], person.heard) + question
        mismatch = distance(person.expectation[about], person.conception[about])
        newness = p["agenda.newness"] * self.uncertainty(person.certainty[about])
        return mismatch + newness + question

    def episode(self, present):
        """Returns the organization in mind, and whether the episode was about roles."""
        p, rng = self.p, self.random
        initiator = choose(rng, present, [q.voice for q in present]) or present[0]
        names = list(self.organizations)
        tensions = [self.tension(initiator, name) for name in names]
        weights = [t if name == initiator.organization else t / (len(names) - 1)
                   for name, t in zip(names, tensions)]
        about = choose(rng, names, weights) or rng.choice(names)
        tense = tensions[names.index(about)] - p["agenda.threshold"]
        raised = self.chance(logistic(tense / p["agenda.softness"]))
        share = p["meeting.focus"] if raised else p["meeting.stray"]
        contributions = 5 + poisson(rng, p["meeting.extra_contributions"])
        about_roles, floor, asked_by = 0, [initiator], None
        for _ in range(contributions):
            if not self.chance(share):
                floor, asked_by = present, None
                continue
            speaker = choose(rng, floor, [q.voice for q in floor])
            if speaker is None:
                floor, asked_by = present, None
                continue
            about_roles += 1
            kind = self.contribute(present, speaker, about, asked_by is not None)
            floor, asked_by = present, None
            if kind == QUESTION:
                # Outsiders ask insiders, and insiders outsiders.
                asked_by = speaker
                inside = speaker.organization == about
                floor = [q for q in present if (q.organization == about) != inside]
        return about, 2 * about_roles > contributions

    def kind_of_talk(self, asked):
        p, uniform = self.p, self.random.random()
        if asked:
            return HISTORY if uniform < 0.5 else COMPARISON
        names = ["question", "history", "comparison", "metaphor"]
        for kind, name in enumerate(names):
            uniform -= p[f"discourse.{name}"]
            if uniform < 0:
                return kind
        return ASSERTION

    def contribute(self, present, speaker, about, asked):
        p, rng = self.p, self.random
        it, roles = self.organizations[about], len(self.scenario.roles[about])
        insider = speaker.organization == about
        source = it.identity if insider else speaker.conception[about]
        kind = self.kind_of_talk(asked)
        if kind == QUESTION:
            return QUESTION
        if insider and self.chance((ambiguity(it.identity) - 1) / max(roles - 1, 1)):
            return DEFERRAL
        claim = it.history(speaker.since) if kind == HISTORY else None
        if kind == HISTORY and claim is None:
            kind = ASSERTION
        familiar, strength, without = self.scenario.familiarity[about], 1.0, None
        if kind == ASSERTION:
            claim = pure(role_of(rng, source), roles)
        elif kind == METAPHOR:
            claim, strength = source, p["discourse.metaphor_strength"]
        elif kind == COMPARISON and insider:
            excess = [a - b for a, b in zip(speaker.heard, it.identity)]
            without = excess.index(max(excess))
        elif kind == COMPARISON:
            seen = [share * known for share, known in zip(source, familiar)]
            claim = pure(role_of(rng, seen if sum(seen) > 0 else source), roles)
        if without is None:
            familiarity = sum(share * known for share, known in zip(claim, familiar))
        else:
            familiarity = familiar[without]
        authority = 1.0 if insider else 1 - self.uncertainty(speaker.certainty[about])
        weight = p["learning.talk"] * speaker.weight * strength * authority * familiarity
        for hearer in present:
            if hearer is speaker:
                continue
            same = hearer.organization == speaker.organization
            believed = p["learning.in_group"] if same else hearer.trust[speaker.organization]
            if without is None:
                told = claim
                if hearer.organization == about and not insider:
                    step = p["discourse.heard"] * strength
                    hearer.heard = toward(hearer.heard, claim, step)
            else:
                rest = list(hearer.conception[about])
                rest[without] = 0.0
                told = in_proportion(rest) or source
            hearer.learn(about, told, weight * believed)
        return kind

    def propose(self, present, about):
        """Returns whether the room settled; None if nothing was put to it."""
        p = self.p
        if not self.chance(p["settlement.demand"]):
            return None
        it, concerned = self.organizations[about], self.scenario.concerned[about]
        there = {side: [q for q in present if q.organization == side] for side in concerned}
        sides = [it.identity]
        for side in concerned:
            if side == about:
                continue
            weighed = [[q.weight * share for share in q.expectation[about]] for q in there[side]]
            side = in_proportion([sum(column) for column in zip(*weighed)])
            if side is None:
                return None
            sides.append(side)
        products = [1.0] * len(it.identity)
        for side in sides:
            products = [a * b for a, b in zip(products, side)]
        proposal = in_proportion([product ** (1 / len(sides)) for product in products])
        if proposal is None:
            return None
        ripe = p["settlement.ripeness"] * it.open_question

        def consents(person):
            expected = person.expectation[about]
            known = person.organization == about
            known = known or person.certainty[about] >= p["learning.half_certainty"]
            return known and distance(proposal, expected) < distance(it.agreed, expected) + ripe

        consenting = {side: [q for q in there[side] if consents(q)] for side in concerned}
        for side in concerned:
            quorum = p["settlement.quorum"] * sum(q.weight for q in there[side])
            enough = sum(q.weight for q in consenting[side]) >= quorum - 1e-12
            if not there[side] or not enough:
                return False
            if len(consenting[side]) < min(2, len(there[side])):
                return False
        moved = distance(it.agreed, proposal)
        it.agreed, it.open_question = proposal, 0.0
        for person in self.people():
            if person in present or self.hears_of_it(person, about):
                person.conception[about] = list(proposal)
                person.certainty[about] += p["settlement.evidence"]
                if person.organization == about:
                    person.heard = list(proposal)
        for person in (q for side in concerned for q in consenting[side]):
            person.expectation[about] = list(proposal)
            for other in concerned:
                if other != person.organization:
                    person.trust[other] += p["settlement.trust"] * (1 - person.trust[other])
        self.settlements.append((len(self.meetings) + 1, about, moved))
        return True

    def hears_of_it(self, person, about):
        """The same all month: who hears of one settlement hears of the next."""
        key = (self.month, about)
        if getattr(person, "hearsay", {}).get(key) is None:
            person.hearsay = getattr(person, "hearsay", {}) | {
                key: self.chance(self.p["work.exposure"])}
        return person.hearsay[key]

    # Work.

    def clarity(self, project, people):
        if not people:
            return 0.0
        off = [distance(person.expectation[o], project.mode[o])
               for person in people for o in self.organizations]
        return 1 - sum(off) / len(off)

    def pace(self, people):
        p = self.p
        others = len(self.organizations) - 1
        trusting = [sum(t for o, t in q.trust.items() if o != q.organization) / others
                    for q in people]
        trust = sum(trusting) / len(trusting) if trusting else 0.0
        clear = [self.clear(project, people) for project in self.projects]
        return {"people": people, "clear": clear, "trust": 1 - p["work.trust_weight"] * (1 - trust)}

    def clear(self, project, people):
        return 1 - self.p["work.clarity_weight"] * (1 - self.clarity(project, people))

    def carry_out(self, amount, pace):
        effort = self.p["work.effort"]
        for place in range(len(self.projects)):
            project = self.projects[place]
            full = amount / len(self.projects)
            done = full * pace["clear"][place] * pace["trust"]
            self.work += done
            project.done += done
            self.reach_milestones(project)
            while project.done >= effort:
                project = Project(self, float(self.month), project.done - effort, 0)
                self.projects[place] = project
                self.reach_milestones(project)
                pace["clear"][place] = self.clear(project, pace["people"])

    def reach_milestones(self, project):
        milestones = self.p["work.milestones"]
        step = self.p["work.effort"] / milestones
        while project.reached < milestones and project.done >= step * (project.reached + 1):
            project.reached += 1
            self.promises_kept += project.reached > project.due

    def work_between_meetings(self):
        taken = [it.committed for it in self.organizations.values()]
        left = 1 - sum(taken) / len(taken)
        self.carry_out(self.p["work.between"] * left, self.pace(self.team()))

    # What is seen, and what becomes of it.

    def show_acts(self):
        p, rng = self.p, self.random
        for by, it in self.organizations.items():
            roles = len(self.scenario.roles[by])
            acts = [project.mode[by] for project in self.projects]
            acts += [pure(role, roles) for own, role, _ in self.commitments if own == by]
            seen = breaches = 0
            for person in self.people():
                if person.organization == by:
                    continue
                on_team = person.seat.team
                for act in acts if on_team else [rng.choice(acts)]:
                    role = role_of(rng, act)
                    if not self.chance(self.scenario.visibility[by][role]):
                        continue
                    person.learn(by, pure(role, roles), p["work.act_evidence"])
                    breach = person.expectation[by][role] < p["trust.latitude"]
                    person.observes(by, not breach, breach, 1)
                    self.breaches += breach
                    seen += on_team
                    breaches += breach and on_team
            if breaches:
                room = max(0.0, p["settlement.open_most"] - it.open_question)
                it.open_question += p["trust.breach_opens"] * breaches / seen * room

    def talk_among_colleagues(self):
        p, rng = self.p, self.random
        for person in self.people():
            if not self.chance(p["ties.contact"]):
                continue
            colleagues = [q for q in self.people(person.organization) if q is not person]
            if not colleagues:
                continue
            teller = rng.choice(colleagues)
            about = rng.choice([o for o in self.organizations if o != person.organization])
            sure = 1 - self.uncertainty(teller.certainty[about])
            evidence = p["ties.evidence"] * p["learning.in_group"] * sure
            person.learn(about, list(teller.conception[about]), evidence)

    def appraise_trust(self):
        p, milestones = self.p, self.p["work.milestones"]
        kept = everything = self.promises_kept
        self.promises_kept = 0
        step = self.scenario.months_of_project / milestones
        for project in self.projects:
            while (project.due < milestones
                   and self.month >= project.began + step * (project.due + 1)):
                project.due += 1
                everything += project.due > project.reached
        gain, loss = p["trust.gain"], p["trust.asymmetry"] * p["trust.gain"]
        for person in self.people():
            for o, seen in person.seen.items():
                if person.seat.team and o != person.organization:
                    person.observes(o, kept, 0, everything)
                if seen[2] > 0:
                    trust = person.trust[o]
                    gained = gain * (1 - trust) * seen[0] / seen[2]
                    person.trust[o] += gained - loss * trust * seen[1] / seen[2]
                person.seen[o] = [0, 0, 0]

    def forget(self):
        for person in self.people():
            person.forget()

    def revise_identities(self):
        p = self.p
        for name, it in self.organizations.items():
            open_until = (it.led_anew or -10**6) + int(p["identity.opening_months"])
            opening = p["identity.opening"] if self.month < open_until else 1.0
            rate = min(1.0, (1 - it.endurance) * opening)
            it.identity = toward(it.identity, it.enacted, rate)
            it.past.append(it.enacted)
            for person in self.people(name):
                held = person.expectation[name]
                person.expectation[name] = toward(held, it.identity, p["identity.follow"])

    def interview(self):
        p, rng = self.p, self.random
        for name, plan in self.scenario.file["interview"].items():
            if self.month == plan["months"][0]:
                there = [s for s in self.seats if s.organization == plan["of"] and s.person]
                rng.shuffle(there)
                known = self.asked.get(plan.get("again"), {})
                old = [s for s in there if s.name in known][: plan.get("leaders_again", 0)]
                new = [s for s in there if s.name not in known] if known else there
                chosen = old + new[: plan["leaders"] - len(old)]
                self.asked[name] = {s.name: rng.randint(*plan["months"]) for s in chosen}
            for seat in self.seats:
                if self.asked.get(name, {}).get(seat.name) != self.month or seat.person is None:
                    continue
                person, about = seat.person, plan["about"]
                own = person.organization == about
                ready = p["answer.own_names"] if own else p["answer.names"]
                held = person.expectation[about] if own else person.conception[about]
                named = [k for k, share in enumerate(held) if self.scenario.counted[about][k]
                         and self.chance(min(1.0, ready * share))]
                unsure = self.uncertainty(person.certainty[about]) > p["answer.uncertain"]
                self.interviews.append((name, named, unsure))

    def outcomes(self):
        """What is compared with rppsim."""
        share = lambda first, last: sum(
            m["roles"] for m in self.meetings if first <= m["meeting"] <= last
        ) / max(1, sum(m["episodes"] for m in self.meetings if first <= m["meeting"] <= last))
        return {
            "role_share": share(1, 99), "meetings_1_2": share(1, 2), "meetings_3_9": share(3, 9),
            "meetings_10_17": share(10, 17), "work": self.work, "breaches": self.breaches,
            "settlements": len(self.settlements),
            "refusals": sum(m["refusals"] for m in self.meetings),
        }


def main():
    runs, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    scenario = Scenario(Path(sys.argv[3]) if len(sys.argv) > 3 else Path())
    rows = csv.writer(sys.stdout)
    for run in range(runs):
        outcomes = Partnership(scenario, random.Random(f"{seed}/{run}")).live().outcomes()
        if run == 0:
            rows.writerow(outcomes)
        rows.writerow(outcomes.values())


if __name__ == "__main__":
    main()
