//! The presets of designs are what docs/designs.md says of them.

use rppsim::ids::OrganizationId;
use rppsim::model::setup::InterventionKind;
use rppsim::model::setup::OrganizationSetup;
use rppsim::scenario::World;

const ALL: [&str; 6] = [
    "design-based",
    "alliance",
    "network",
    "several-districts",
    "two-research-groups",
    "alliance-cross-sector",
];

fn preset(name: &str) -> World {
    World::open(name).unwrap_or_else(|problems| panic!("{problems}"))
}

fn organization<'a>(scenario: &'a World, name: &str) -> &'a OrganizationSetup {
    let all = &scenario.template().organizations;
    all.iter().find(|o| o.name == name).expect("the organization")
}

#[test]
fn all_have_the_same_horizon_turnover_and_newcomers() {
    let first = preset("design-based");
    for name in ALL {
        let other = preset(name);
        let (a, b) = (first.template(), other.template());
        assert_eq!(b.calendar.months, 120, "{name}");
        assert_eq!(a.parameters.turnover, b.parameters.turnover, "{name}");
        assert_eq!(a.parameters.benefit, b.parameters.benefit, "{name}");
        let newcomer = |scenario: &World, about: &str| {
            let place = scenario.template().organizations.iter().position(|o| o.name == about);
            let mut profiles = scenario.template().profiles.iter();
            let profile = profiles.find(|profile| profile.name == "newcomer").expect("newcomers");
            (profile.status, profile.about[place.expect("there")].clone())
        };
        for about in ["partner", "district"] {
            assert_eq!(newcomer(&first, about), newcomer(&other, about), "{name} on {about}");
        }
    }
    let churn = preset("churn");
    assert_eq!(churn.template().parameters.turnover, first.template().parameters.turnover);
}

/// Share of an arrangement in roles that are not usual for such an organization.
fn unusual(scenario: &World, name: &str, usual: &[&str]) -> f64 {
    let plan = organization(scenario, name);
    let roles = plan.repertoire.roles().iter().zip(plan.agreed.shares());
    roles.filter(|(role, _)| !usual.contains(&role.name.as_str())).map(|(_, share)| share).sum()
}

#[test]
fn roles_depart_from_the_usual_least_in_alliances_and_most_in_networks() {
    let partner =
        |name| unusual(&preset(name), "partner", &["researcher", "PD provider", "vendor"]);
    let usual = ["driver", "implementer", "research site", "client"];
    let district = |name| unusual(&preset(name), "district", &usual);
    let rounded = |x: f64| (x * 100.0).round() / 100.0;
    let designs = ["alliance", "design-based", "network"];
    assert_eq!(designs.map(partner).map(rounded), [0.3, 0.55, 0.95]);
    assert_eq!(designs.map(district).map(rounded), [0.0, 0.37, 0.65]);
}

#[test]
fn shapes_have_the_organizations_they_are_named_for() {
    let who = |name: &str| {
        let scenario = preset(name);
        let setup = scenario.template();
        let on_team = |o: usize| {
            setup
                .seats
                .iter()
                .filter(|seat| seat.team && seat.organization == OrganizationId(o))
                .count()
        };
        let all = setup.organizations.iter().enumerate();
        all.map(|(o, plan)| (plan.name.clone(), plan.works_for.len(), on_team(o)))
            .collect::<Vec<_>>()
    };
    let said = |name: &str| {
        let all = who(name).into_iter().map(|(name, works_for, team)| {
            if works_for > 0 {
                format!("{name} {team} for {works_for}")
            } else {
                format!("{name} {team}")
            }
        });
        all.collect::<Vec<_>>().join(", ")
    };
    let four =
        "district 3, fourth_district 3, partner 4 for 4, second_district 3, third_district 3";
    assert_eq!(said("design-based"), "district 6, partner 4 for 1");
    assert_eq!(said("alliance"), said("design-based"));
    assert_eq!(said("several-districts"), four);
    assert_eq!(said("network"), said("several-districts"));
    assert_eq!(said("two-research-groups"), "district 5, partner 2 for 1, second_group 2 for 1");
    assert_eq!(
        said("alliance-cross-sector"),
        "city 2, community 2, county 2, district 3, partner 4 for 4"
    );
}

#[test]
fn only_alliances_review_keep_an_archive_and_are_independent() {
    for name in ALL {
        let scenario = preset(name);
        let kinds: Vec<InterventionKind> =
            scenario.template().interventions.iter().map(|i| i.kind).collect();
        let alliance = name.starts_with("alliance");
        assert_eq!(
            kinds == [InterventionKind::Archive, InterventionKind::Review],
            alliance,
            "{name}"
        );
        assert_eq!(kinds.is_empty(), !alliance, "{name}");
        assert_eq!(organization(&scenario, "partner").independence > 0.0, alliance, "{name}");
    }
}
