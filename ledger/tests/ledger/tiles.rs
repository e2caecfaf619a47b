use std::collections::HashMap;
use std::convert::Infallible;

use ledger::{Hash, Nodes, Tile, Tree, consistency, inclusion};

use crate::leaves;

/// A tree that is kept as tiles alone.
struct Tiles {
    size: u64,
    tiles: HashMap<(u8, u64), Vec<Hash>>,
}

impl Tiles {
    fn of(size: u64) -> (Tree, Self) {
        let mut tree = Tree::default();
        let mut tiles: HashMap<(u8, u64), Vec<Hash>> = HashMap::new();
        for leaf in leaves(size) {
            tree.append(Hash::of_leaf(&leaf), |level, index, hash| {
                if level % 8 == 0 {
                    let tile = tiles.entry((level / 8, index / 256)).or_default();
                    assert_eq!(tile.len() as u64, index % 256, "in order");
                    tile.push(hash);
                }
            });
        }
        (tree, Self { size, tiles })
    }
}

impl Nodes for Tiles {
    type Error = Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Infallible> {
        let (tile, hashes) = Tile::below(level, index, self.size).unwrap();
        let found = &self.tiles[&(tile.level(), tile.index())];
        assert!(found.len() >= tile.width().into());
        Ok(Hash::over(&found[hashes]).unwrap())
    }
}

#[test]
fn a_tree_follows_from_its_tiles() {
    for size in [0, 1, 255, 256, 257, 65_535, 65_536, 70_000] {
        let (tree, tiles) = Tiles::of(size);
        assert_eq!(Tree::read(&tiles, size).unwrap(), tree, "{size}");
        let listed: Vec<Tile> = Tile::all(size).collect();
        assert_eq!(listed.len(), tiles.tiles.len());
        for tile in listed {
            let kept = &tiles.tiles[&(tile.level(), tile.index())];
            assert_eq!(kept.len(), usize::from(tile.width()), "{tile}");
        }
        if size > 0 {
            let (last, half) = (size - 1, size / 2);
            let proof = inclusion(&tiles, last, size).unwrap().unwrap();
            let leaf = Hash::of_leaf(&last.to_be_bytes());
            ledger::verify_inclusion(leaf, last, size, &proof, tree.root()).unwrap();
            let proof = consistency(&tiles, half, size).unwrap().unwrap();
            let before = (half, Tree::read(&tiles, half).unwrap().root());
            ledger::verify_consistency(before, (size, tree.root()), &proof).unwrap();
        }
    }
}

#[test]
fn the_example_of_the_specification_has_its_tiles() {
    let count = |level, width: u16| {
        Tile::all(70_000).filter(|tile| (tile.level(), tile.width()) == (level, width)).count()
    };
    assert_eq!((count(0, 256), count(0, 112)), (273, 1));
    assert_eq!((count(1, 256), count(1, 17), count(2, 1)), (1, 1, 1));
    assert_eq!(Tile::all(70_000).count(), 277);
}

#[test]
fn names_are_those_of_the_specification_and_no_others() {
    let named = |level, index, width| Tile::new(level, index, width).unwrap().to_string();
    assert_eq!(named(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(named(1, 5, 17), "tile/1/005.p/17");
    for name in ["tile/0/000", "tile/0/x001/x234/067", "tile/63/999.p/255", "tile/2/x001/000.p/1"] {
        assert_eq!(name.parse::<Tile>().unwrap().to_string(), name);
    }
    for name in [
        "",
        "tile/0",
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/001/234",
        "tile/0/x000/001",
        "tile/0/xx01/234",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/-01",
        "tile/0/000/",
        "tile/entries/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "other/0/000",
        "tile/0/../000",
    ] {
        assert!(name.parse::<Tile>().is_err(), "{name}");
    }
}
