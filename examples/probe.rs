use rppsim::measure::record::record_run;
use rppsim::model::partnership::Origin;
use rppsim::scenario::Scenario;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let s = match Scenario::open(&args[0], &args[1..]) { Ok(s) => s, Err(e) => { println!("{e}"); return } };
    let t = s.twin();
    let n = 400;
    let go = |s: &Scenario| {
        let mut share = vec![(0.0, 0.0); 1300]; let mut work = 0.0; let mut setl = 0.0; let mut cl = vec![0.0; 1300]; let mut tr = vec![0.0;1300];
        let mut pat: Vec<Vec<f64>> = vec![vec![]; s.patterns.len()];
        let mut hist = vec![0; 200]; let mut q = vec![0.0;1300];
        for r in 1..=n {
            let o = Origin::new(1, r);
            let rec = record_run(s.setup(o), o, &s.theory, &s.interviews, false).unwrap();
            for m in &rec.meetings { share[m.meeting as usize].0 += m.roles as f64; share[m.meeting as usize].1 += m.episodes as f64; }
            work += rec.ledger.done / n as f64; setl += rec.settlements.len() as f64 / n as f64;
            for m in &rec.months { cl[m.month as usize] += m.clarity / n as f64; tr[m.month as usize] += m.trust / n as f64; q[m.month as usize] += m.uncertainty / n as f64;}
            for (i, p) in s.patterns.iter().enumerate() { if let Some(v) = p.outcome.of(&rec) { pat[i].push(v) } }
            for x in &rec.settlements { hist[x.at.meeting as usize] += 1 }
        }
        let len = s.template().calendar.months as usize;
        let step = (len / 20).max(1);
        print!("share: "); for m in (1..=len).step_by(step) { print!("{:.2} ", share[m].0 / share[m].1) } println!();
        print!("clar:  "); for m in (1..=len).step_by(step) { print!("{:.2} ", cl[m]) } println!();
        print!("trust: "); for m in (1..=len).step_by(step) { print!("{:.2} ", tr[m]) } println!();
        print!("unc:   "); for m in (1..=len).step_by(step) { print!("{:.2} ", q[m]) } println!();
        print!("settl: "); for m in (1..=len).step_by(step) { print!("{} ", hist[m]) } println!();
        println!("work {work:.1} settlements {setl:.2}");
        for (i, p) in s.patterns.iter().enumerate() { let mut v = pat[i].clone(); v.sort_by(f64::total_cmp); let k = v.len(); if k > 0 { println!("{:5} {:40} {:?} mean {:.3} [{:.3} {:.3} {:.3}]", p.name, p.title, p.published, v.iter().sum::<f64>() / k as f64, v[k / 20], v[k / 2], v[k * 19 / 20]) } }
    };
    go(&s);
    if let Some(mut t) = t { println!("--- twin"); t.patterns.clear(); go(&t) }
}
