//! Linear equations of few unknowns, by Cholesky's decomposition.

/// L of A = LLᵀ, from the lower half of A; `None` if A is not positive definite.
pub(crate) fn cholesky(mut a: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for i in 0..a.len() {
        for j in 0..=i {
            let known: f64 = (0..j).map(|m| a[i][m] * a[j][m]).sum();
            let left = a[i][j] - known;
            a[i][j] = match i == j {
                true if left > 0.0 => libm::sqrt(left),
                true => return None,
                false => left / a[j][j],
            };
        }
    }
    Some(a)
}

/// x of Lx = v.
pub(crate) fn forward(lower: &[Vec<f64>], mut v: Vec<f64>) -> Vec<f64> {
    for i in 0..v.len() {
        let known: f64 = (0..i).map(|j| lower[i][j] * v[j]).sum();
        v[i] = (v[i] - known) / lower[i][i];
    }
    v
}

/// x of Lᵀx = v.
fn backward(lower: &[Vec<f64>], mut v: Vec<f64>) -> Vec<f64> {
    for i in (0..v.len()).rev() {
        let known: f64 = (i + 1..v.len()).map(|j| lower[j][i] * v[j]).sum();
        v[i] = (v[i] - known) / lower[i][i];
    }
    v
}

/// Weighted least squares of several columns on the same terms, folded row by row.
#[derive(Clone, Debug)]
pub(crate) struct LeastSquares {
    /// The lower half of XᵀWX.
    products: Vec<Vec<f64>>,
    /// By column: XᵀWy.
    with: Vec<Vec<f64>>,
}

impl LeastSquares {
    /// No rows yet, for so many terms and columns.
    pub(crate) fn new(terms: usize, columns: usize) -> LeastSquares {
        let products = (1..=terms).map(|len| vec![0.0; len]).collect();
        LeastSquares { products, with: vec![vec![0.0; terms]; columns] }
    }

    /// Takes a row in: its terms, the values of its columns, and its weight.
    pub(crate) fn add(&mut self, terms: &[f64], columns: &[f64], weight: f64) {
        for (line, (i, term)) in self.products.iter_mut().zip(terms.iter().enumerate()) {
            let weighted = weight * term;
            line.iter_mut().zip(&terms[..=i]).for_each(|(cell, other)| *cell += weighted * other);
        }
        for (with, value) in self.with.iter_mut().zip(columns) {
            let weighted = weight * value;
            with.iter_mut().zip(terms).for_each(|(cell, term)| *cell += weighted * term);
        }
    }

    /// The coefficients, by column. Where terms follow from one another they are kept small: a part
    /// `ridge` of its own product is added to every term but the first, which is the constant.
    /// `None` if there are too few rows for any.
    pub(crate) fn solved(&self, ridge: f64) -> Option<Vec<Vec<f64>>> {
        let mut products = self.products.clone();
        for (i, line) in products.iter_mut().enumerate().skip(1) {
            line[i] += ridge * line[i] + f64::MIN_POSITIVE;
        }
        let lower = cholesky(products)?;
        Some(self.with.iter().map(|v| backward(&lower, forward(&lower, v.clone()))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_is_found_again_whatever_the_weights() {
        let mut rows = LeastSquares::new(3, 2);
        for i in 0..20 {
            let (a, b) = (f64::from(i % 5), f64::from(i * i % 7));
            let columns = [2.0 - a + 3.0 * b, 0.5 * a];
            rows.add(&[1.0, a, b], &columns, 1.0 + f64::from(i % 3));
        }
        let found = rows.solved(0.0).expect("enough rows");
        let near = |found: &[f64], truth: [f64; 3]| {
            found.iter().zip(truth).all(|(a, b)| (a - b).abs() < 1e-9)
        };
        assert!(near(&found[0], [2.0, -1.0, 3.0]) && near(&found[1], [0.0, 0.5, 0.0]), "{found:?}");
    }

    #[test]
    fn weights_count_as_so_many_rows() {
        let (mut weighted, mut repeated) = (LeastSquares::new(2, 1), LeastSquares::new(2, 1));
        for (x, y, times) in [(0.0, 1.0, 3), (1.0, 1.5, 1), (2.0, 4.0, 2)] {
            weighted.add(&[1.0, x], &[y], f64::from(times));
            (0..times).for_each(|_| repeated.add(&[1.0, x], &[y], 1.0));
        }
        let (weighted, repeated) = (weighted.solved(0.0), repeated.solved(0.0));
        let (weighted, repeated) = (weighted.expect("rows"), repeated.expect("rows"));
        assert!(weighted[0].iter().zip(&repeated[0]).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn a_term_that_says_the_same_twice_is_shared_out() {
        let mut rows = LeastSquares::new(3, 1);
        for i in 0..10 {
            let x = f64::from(i);
            rows.add(&[1.0, x, x], &[1.0 + 2.0 * x], 1.0);
        }
        let found = rows.solved(1e-6).expect("a ridge");
        assert!((found[0][1] + found[0][2] - 2.0).abs() < 1e-3, "{found:?}");
        assert!(LeastSquares::new(2, 1).solved(0.0).is_none());
    }
}
