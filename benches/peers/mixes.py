"""Mixes of roles as lists of shares, and the draws that the rules need."""

import math


def distance(a, b):
    """Total variation distance of two mixes."""
    return 0.5 * sum(abs(x - y) for x, y in zip(a, b))


def toward(a, b, step):
    """The point this part of the way from one mix to another."""
    return [x + step * (y - x) for x, y in zip(a, b)]


def in_proportion(weights):
    """The mix in proportion to weights; None if nothing weighs anything."""
    total = sum(weights)
    return [weight / total for weight in weights] if total > 0 else None


def pure(role, roles):
    """All of one role."""
    return [1.0 if k == role else 0.0 for k in range(roles)]


def ambiguity(mix):
    """The effective number of roles, exp(entropy)."""
    return math.exp(-sum(share * math.log(share) for share in mix if share > 0))


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def choose(rng, candidates, weights):
    """One of the candidates in proportion to the weights; None if nothing weighs anything."""
    if not candidates or sum(weights) <= 0:
        return None
    return rng.choices(candidates, weights)[0]


def role_of(rng, mix):
    """A role drawn from a mix."""
    return rng.choices(range(len(mix)), mix)[0]


def poisson(rng, mean):
    """A Poisson number."""
    uniform, count = rng.random(), 0
    chance = below = math.exp(-mean)
    while uniform >= below and count < 200:
        count += 1
        chance *= mean / count
        below += chance
    return count


def scattered(rng, mean, scatter):
    """A mix scattered around another (Dirichlet), on average about so far from it."""
    if scatter <= 0:
        return list(mean)
    spread = sum(math.sqrt(share * (1 - share)) for share in mean)
    root = spread / (scatter * math.sqrt(2 * math.pi))
    concentration = min(max(root * root - 1, 0.1), 1e12)
    weights = [rng.gammavariate(concentration * s, 1.0) if s > 0 else 0.0 for s in mean]
    return in_proportion(weights) or list(mean)
