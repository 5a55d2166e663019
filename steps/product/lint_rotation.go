package product

import (
	"slices"
	"strconv"
)

// rotations applies rule 12: the places that a new secret has to reach are all listed, with the
// right number.
func (l *linter) rotations() {
	for route, r := range l.routes() {
		where := route.part("rotation", "rotation")
		for i, touch := range r.Rotation.Touches {
			at := where.under("touches", strconv.Itoa(i))
			a, ok := l.product.Artefact(touch.Artefact)
			switch {
			case !ok || !slices.Contains(r.Artefacts, touch.Artefact):
				l.add(ruleRotation, at, "delete it or correct its name", "it touches %s, which this route does not use", touch.Artefact)
			case touch.Count != len(a.SecretPlaces()):
				l.add(ruleRotation, at, "correct the count", "%s holds the secret in %d places, not in %d", a.ID, len(a.SecretPlaces()), touch.Count)
			case touch.ForEach != a.ForEach:
				l.add(ruleRotation, at, "make for_each the same in both", "%s is repeated in one place and not in the other", a.ID)
			}
		}
		for _, id := range r.Artefacts {
			a, ok := l.product.Artefact(id)
			listed := slices.ContainsFunc(r.Rotation.Touches, func(t Touch) bool { return t.Artefact == id })
			if ok && len(a.secrets) > 0 && !listed {
				l.add(ruleRotation, where, "add it to touches", "%s holds the secret but is not listed", id)
			}
		}
	}
}
