"""The same rules as a Mesa model: people are agents, chosen with agent sets, and a collector keeps
what is followed.

    python3 with_mesa.py RUNS [SEED] [WORLD]
"""

import csv
import sys
from pathlib import Path

import mesa

from cypress import Partnership, Person, Scenario


class Member(Person, mesa.Agent):
    def __init__(self, world, seat, profile, since):
        mesa.Agent.__init__(self, world)
        Person.__init__(self, world, seat, profile, since)


class PartnershipModel(Partnership, mesa.Model):
    def __init__(self, scenario, seed):
        mesa.Model.__init__(self, seed=seed)
        Partnership.__init__(self, scenario, self.random)
        self.collector = mesa.DataCollector(
            model_reporters={"work": "work", "meetings": lambda model: len(model.meetings)}
        )

    def newcomer(self, seat, profile, since):
        return Member(self, seat, profile, since)

    def people(self, organization=None):
        if organization is None:
            return list(self.agents)
        return list(self.agents.select(lambda it: it.organization == organization))

    def team(self):
        return list(self.agents.select(lambda it: it.seat.team))

    def forget(self):
        self.agents.do("forget")

    def step(self):
        self.live_month()
        self.collector.collect(self)


def main():
    runs, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    scenario = Scenario(Path(sys.argv[3]) if len(sys.argv) > 3 else Path())
    rows = csv.writer(sys.stdout)
    for run in range(runs):
        model = PartnershipModel(scenario, 1_000_000 * seed + run)
        for _ in range(scenario.months):
            model.step()
        outcomes = model.outcomes()
        if run == 0:
            rows.writerow(outcomes)
        rows.writerow(outcomes.values())


if __name__ == "__main__":
    main()
