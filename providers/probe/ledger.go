package probe

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// ledger records how the layers end, in their order, and how long each took.
type ledger struct {
	now   func() time.Time
	heard func(LayerResult)
	last  time.Time
	ended []LayerResult
}

// lap is the time since the lap before.
func (l *ledger) lap() time.Duration {
	now := l.now()
	elapsed := now.Sub(l.last)
	l.last = now
	return max(elapsed, 0)
}

func (l *ledger) end(result LayerResult) {
	l.ended = append(l.ended, result)
	if l.heard != nil {
		l.heard(result)
	}
}

// complete ends the layers that the test did not come to.
func (l *ledger) complete() {
	for _, layer := range providers.Layers()[len(l.ended):] {
		l.end(LayerResult{Layer: layer, Outcome: providers.NotReached})
	}
}

// outcome is the worst that a layer showed. What the token's claims lack does not count: a server
// that accepts the token proves it, and one that refuses it has failed at a layer of its own.
func (l *ledger) outcome() providers.Outcome {
	worst := providers.Passed
	for _, layer := range l.ended {
		switch {
		case layer.Outcome == providers.Failed:
			return providers.Failed
		case layer.Outcome == providers.Warned && layer.Layer != providers.LayerClaims:
			worst = providers.Warned
		}
	}
	return worst
}
