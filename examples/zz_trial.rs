use rppsim::fit::{Partnership, Settings, Simulator, Tried, known::*, checks};
use rppsim::worlds::Stop;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let budget: u64 = args[2].parse().unwrap();
    let settings = Settings { budget, seed: 1 };
    match args[1].as_str() {
        "known" => {
            let (asked, seen) = ([26, 12, 9], [3, 0, 9]);
            let m = Shares::of(&asked, 5);
            let obs = seen.map(f64::from);
            let t = Tried::around(&m, &obs, settings, None, Stop::NEVER, |_| {}).unwrap();
            let p = t.posterior(&obs, &[0, 1, 2]).unwrap();
            println!("tol {:?} -> {} n {} ess {}", t.tolerances, p.tolerance, p.len(), p.effective());
            for i in 0..3 { println!("{:?} truth {:?}", p.moments(|v| v[i]), Shares::truth(seen[i] as u32, asked[i])); }
            let m = Sums { seed: 5 };
            let t = Tried::around(&m, &OBSERVED, settings, None, Stop::NEVER, |_| {}).unwrap();
            let p = t.posterior(&OBSERVED, &[0, 1, 2]).unwrap();
            println!("tol {:?} -> {} n {} ess {}", t.tolerances, p.tolerance, p.len(), p.effective());
            for i in 0..2 { println!("{:?} truth {:?}", p.moments(|v| v[i]), Sums::truth()[i]); }
        }
        _ => {
            let w = rppsim::scenario::World::open("cypress").unwrap();
            let m = Partnership::of(&w, 1).unwrap();
            let t = Tried::around(&m, m.observed(), settings, None, Stop::NEVER, |_| {}).unwrap();
            let columns: Vec<usize> = (0..m.patterns()).collect();
            let p = t.posterior(m.observed(), &columns).unwrap();
            println!("tol {:?} -> {} n {} ess {}", t.tolerances, p.tolerance, p.len(), p.effective());
            for (s, k) in p.summaries().iter().zip(&w.priors) { println!("{} {:?} {}", k.key, s, s.known().word()); }
            let c = checks::calibration(&m, &t, 300, Stop::NEVER, |_| {}).unwrap();
            println!("{c:#?}");
        }
    }
}
