//! Who is paid has the voice: what follows for what is agreed, and for what each side gains?
//!
//! The model has one rule about this (`funding.voice`, its size assumed): voice and status follow
//! the share of the money. That those who are paid speak more is therefore built in. What is asked
//! here is what follows: an arrangement needs the consent of both sides, so that more voice does
//! not simply buy a better one.
//!
//! `cargo run --release --example who_pays_has_the_voice` writes a picture to
//! `out/who_pays_has_the_voice/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, world};
use rppsim::ids::OrganizationId;
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::model::{Partnership, Watch};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "who_pays_has_the_voice",
    claim: "Those who receive the grant funding often have greater voice in decisions: what is \
            agreed comes nearer to what they want and farther from what the others want, and they \
            gain more and the others less.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation, who quote a \
             participant: in all the cases he knew, paid researchers \"began to dominate\". No \
             size is published.",
    design: "Three years of the Cypress case, with its two newcomers, under one grant that pays \
             the partner, the district, or both alike; the money buys nothing else here. Compared \
             with equal shares in the same run at the end: how far the arrangement about the \
             partner lies from what the district wants of it and from what the partner held itself \
             to be, and the benefit that each side feels. The size of the rule is assumed, so it is \
             doubled too. Control: with funding.voice at 0, who is paid must change nothing.",
};

const DISTRICT: usize = 0;
const PARTNER: usize = 1;

/// Where the arrangement about the partner stands at the end.
#[derive(Default)]
struct Arrangement {
    /// By seat: whether it is the partner's.
    of_partner: Vec<bool>,
    from_district: f64,
    from_partner: f64,
}

impl Watch for Arrangement {
    fn month(&mut self, p: &Partnership) {
        let partner = &p.setup().organizations[PARTNER];
        let agreed = &p.organizations()[PARTNER].agreed;
        let wanted = p.organizations()[DISTRICT].priorities[PARTNER];
        self.of_partner = p
            .setup()
            .seats
            .iter()
            .map(|seat| seat.organization == OrganizationId(PARTNER))
            .collect();
        self.from_district = wanted.map_or(0.0, |w| partner.repertoire.distance(agreed, &w));
        self.from_partner = partner.repertoire.distance(agreed, &partner.identity);
    }
}

/// What is read of a run: who opened its episodes, where the arrangement stands, who gains.
const READ: [(&str, &str, usize); 6] = [
    ("Episodes that the partner's staff opened (built in)", "share of episodes", 3),
    ("Arrangement: distance from what the district wants", "distance, 0 to 1", 4),
    ("Arrangement: distance from what the partner is", "distance, 0 to 1", 4),
    ("Benefit to the partner", "benefit, 1 is the fullest", 4),
    ("Benefit to the district", "benefit, 1 is the fullest", 4),
    ("Talk about roles", "share of episodes", 3),
];

fn read(run: &RunRecord, arrangement: &Arrangement) -> [f64; 6] {
    let opened = |partner: bool| -> f64 {
        let seats = run.initiated.iter().zip(&arrangement.of_partner);
        let seats = seats.filter(|(_, of_partner)| **of_partner == partner);
        f64::from(seats.flat_map(|(by, _)| by).map(|i| i.roles + i.other).sum::<u32>())
    };
    [
        opened(true) / (opened(true) + opened(false)),
        arrangement.from_district,
        arrangement.from_partner,
        run.benefits[PARTNER],
        run.benefits[DISTRICT],
        run.role_share(WHOLE).unwrap_or(f64::NAN),
    ]
}

/// Differences from equal shares when the partner is paid, and when the district is.
fn one_sided(voice: f64, runs: u64) -> Result<[[Mean; 6]; 2], Box<dyn Error>> {
    let paid = |payees: &str| {
        let grant = format!(
            "grant.core={{ purpose=\"operating\", payees={payees}, amount=900000, months=36 }}"
        );
        let voice = format!("funding.voice={voice}");
        // What a month needs is just what the grant pays, and buys nothing that bears on the claim.
        let need = "money={ currency=\"USD\", upkeep=25000 }";
        let months = "calendar.months=36";
        world("cypress", &[months, need, "funding.contact=0.0", &grant, &voice])
    };
    let worlds = [&paid("{ pdi=1 }")?, &paid("{ cypress=1 }")?, &paid("{ pdi=0.5, cypress=0.5 }")?];
    let side = Worlds::of(worlds).runs(ESSAY.runs(runs)).seed(Essay::SEED);
    let means: [Mean; 12] = side.watched::<Arrangement, 12>(|runs| {
        let [partner, district, shared] = runs.map(|(run, arrangement)| read(run, arrangement));
        std::array::from_fn(|i| Some([partner, district][i / 6][i % 6] - shared[i % 6]))
    })?;
    Ok([0, 6].map(|first| std::array::from_fn(|i| means[first + i])))
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let usual = one_sided(0.3, 1200)?;
    let doubled = one_sided(0.6, 600)?;
    let silent = one_sided(0.0, 50)?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        // What the claim expects if the partner is paid; the reverse if the district is.
        let expected = match i {
            1 | 3 => [Some(More), Some(Less)],
            2 | 4 => [Some(Less), Some(More)],
            _ => [None, None],
        };
        let mut claim = |what: &str, mean: Mean, expected| {
            let (what, unit, estimate) = (what.to_owned(), (unit, decimals), mean.estimate());
            claims.push(Claimed { about, what, unit, estimate, expected });
        };
        claim("the partner is paid", usual[0][i], expected[0]);
        claim("the district is paid", usual[1][i], expected[1]);
        claim("partner paid, rule doubled", doubled[0][i], None);
        claim("district paid, rule doubled", doubled[1][i], None);
        claim("control: money has no voice", silent[0][i], NONE);
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nBuilt in: that who is paid speaks more and weighs more. What follows for the arrangement\n\
         and for benefit is not, as both sides have to consent; its size is that of an assumption."
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "One side is paid: what follows",
            &format!("{} runs of three years, against equal shares", usual[0][0].count()),
            "That voice follows money is assumed; what follows from it is not.",
        )?;
        println!("\n{}", ESSAY.save("one_sided", &image)?.display());
    }
    Ok(())
}
