package practice

import (
	"sync/atomic"
	"time"
)

// clock is the tenant's own time: the clock it was given plus what it was advanced by.
type clock struct {
	base     func() time.Time
	advanced *atomic.Int64 // nanoseconds
}

func newClock(base func() time.Time) clock {
	if base == nil {
		base = time.Now
	}
	return clock{base: base, advanced: new(atomic.Int64)}
}

func (c clock) now() time.Time {
	return c.base().Add(time.Duration(c.advanced.Load())).UTC()
}

// Advance moves the tenant's clock forward, so that codes, tokens and secrets end without
// anybody having to wait for it.
func (t *Tenant) Advance(d time.Duration) {
	t.clock.advanced.Add(int64(d))
	t.journal.note(t.clock.now(), "control", "clock moved on by "+d.String())
}
