package main

import (
	"context"
	"sync"
	"time"
)

func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// standingClock moves only while the program waits, so that a wait comes to an end.
type standingClock struct {
	mu     sync.Mutex
	moment time.Time
}

func (c *standingClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.moment
}

func (c *standingClock) sleep(ctx context.Context, pause time.Duration) error {
	if err := sleep(ctx, pause); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moment = c.moment.Add(pause)
	return nil
}
