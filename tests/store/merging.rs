//! Shards give the bytes of the whole, or are refused.

use super::{Hasty, filled, identity, says, shard, tree};
use rppsim::store::{Identity, Shard, Store, merge, merge_on};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// All shards of a division, filled.
fn shards(home: &Path, chunks: u64, of: u32) -> Vec<PathBuf> {
    let filled_one = |number| {
        let folder = home.join(format!("{number}-of-{of}"));
        filled(&folder, &identity(chunks, shard(number, of)));
        folder
    };
    (1..=of).map(filled_one).collect()
}

#[test]
fn shards_in_any_order_give_the_bytes_of_the_whole() {
    // None, fewer than shards, more than a folder holds; in how many orders.
    for (chunks, divisions, orders) in [(0, 1..=7, 7), (5, 1..=7, 7), (1003, 3..=3, 1)] {
        let home = tempfile::tempdir().expect("a folder");
        let whole = home.path().join("whole");
        filled(&whole, &identity(chunks, Shard::WHOLE));
        let whole = tree(&whole);
        for of in divisions {
            let mut shards = shards(home.path(), chunks, of);
            for turn in 0..of.min(orders) {
                shards.rotate_left(1);
                if turn % 2 == 0 {
                    shards.reverse();
                }
                let out = home.path().join(format!("out-{of}-{turn}"));
                let merged = merge_on(Box::new(Hasty), &shards, &out).expect("merged");
                assert!(merged.status().expect("a status").is_complete());
                drop(merged);
                assert_eq!(tree(&out), whole, "{of} shards, turn {turn}");
            }
        }
    }
}

#[test]
fn what_is_no_division_is_refused_and_named() {
    let home = tempfile::tempdir().expect("a folder");
    let out = home.path().join("out");
    let three = shards(home.path(), 7, 3);
    let two = shards(home.path(), 7, 2);
    let refused = |folders: &[&PathBuf], parts: &[&str]| {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| (*folder).clone()).collect();
        says(merge(&folders, &out), parts);
        assert!(!out.exists(), "nothing was merged");
    };
    refused(&[], &["nothing to merge"]);
    refused(&[&three[0], &three[2]], &["not among", "shard 2/3"]);
    refused(&[&three[1]], &["shard 1/3, 3/3"]);
    refused(
        &[&three[0], &three[1], &three[2], &three[1]],
        &["2-of-3 and", "both shard 2/3", "nothing was merged"],
    );
    refused(&[&three[0], &two[1]], &["1-of-3 is shard 1/3", "2-of-2 is shard 2/2"]);
    refused(&[&home.path().join("absent")], &["absent", "no store.json"]);

    let copy = home.path().join("copy");
    fs::create_dir(&copy).expect("made");
    fs::copy(two[0].join("store.json"), copy.join("store.json")).expect("copied");
    refused(
        &[&copy, &two[1]],
        &["copy is not complete", "0 of its 4", "missing: chunks 0, 2, 4, 6"],
    );
    refused(&[&copy, &two[0]], &["copy and", "both shard 1/2"]);
}

#[test]
fn parts_of_different_wholes_are_refused_and_the_difference_named() {
    let home = tempfile::tempdir().expect("a folder");
    let one = home.path().join("one");
    filled(&one, &identity(7, shard(1, 2)));
    let second = identity(7, shard(2, 2));
    let other_plan = Identity { plan: "seed = 2\n".into(), ..second.clone() };
    let other_model = Identity { fingerprint: "beef".into(), ..second.clone() };
    let other_version = Identity { version: "9".into(), ..second.clone() };
    let other_chunks = Identity { chunks: 8, ..second.clone() };
    let other_about = Identity { about: json!(1), ..second };
    for (turn, (other, part)) in [
        (other_plan, "the plan differs, first on line 1: \"seed = 1\" there"),
        (other_model, "f00d there, beef here"),
        (other_version, "0.1.0 there, 9 here"),
        (other_chunks, "7 there, 8 here"),
        (other_about, "`about` differs"),
    ]
    .into_iter()
    .enumerate()
    {
        let two = home.path().join(format!("two-{turn}"));
        filled(&two, &other);
        let out = home.path().join("out");
        let says_who = [part, "one and", "not parts of one whole", "nothing was merged"];
        says(merge(&[one.clone(), two], &out), &says_who);
        assert!(!out.exists());
    }
}

#[test]
fn a_damaged_shard_is_refused_before_anything_is_written() {
    let home = tempfile::tempdir().expect("a folder");
    let out = home.path().join("out");
    let shards = shards(home.path(), 7, 2);
    let path = shards[1].join("chunks/000/000003.chunk");
    let mut bytes = fs::read(&path).expect("read");
    *bytes.last_mut().expect("a byte") ^= 1;
    fs::write(&path, bytes).expect("written");
    let parts =
        ["2-of-2 is not complete", "2 of its 3", "3 (its content differs from its checksum)"];
    says(merge(&shards, &out), &parts);
    assert!(!out.exists());
}

#[test]
fn a_folder_with_something_else_is_not_merged_into() {
    let home = tempfile::tempdir().expect("a folder");
    let shards = shards(home.path(), 7, 2);
    let before = tree(home.path());
    says(merge(&shards, &shards[0]), &["shard differs: 1/2 there, 1/1 here"]);
    says(merge(&shards, home.path()), &["has files in it"]);
    assert_eq!(tree(home.path()), before);

    let out = home.path().join("out");
    drop(merge(&shards, &out).expect("merged"));
    let merged = tree(&out);
    drop(merge(&shards, &out).expect("merged again"));
    assert_eq!(tree(&out), merged);
    // A whole is its only shard.
    drop(merge(std::slice::from_ref(&out), &home.path().join("again")).expect("merged"));
    assert_eq!(tree(&home.path().join("again")), merged);
    let open = Store::resume(&out, &identity(7, Shard::WHOLE)).expect("resumed");
    says(merge(&shards, &out), &["being written by process"]);
    drop(open);
}
