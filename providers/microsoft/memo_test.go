package microsoft

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func always(int) bool { return true }

func TestMemoSharesOneRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m memo[string, int]
		release, asked := make(chan struct{}), 0
		ask := func(context.Context) (int, error) { asked++; <-release; return 7, nil }
		results := make(chan int, 16)
		for range 16 {
			go func() {
				value, err := m.get(t.Context(), "key", always, ask)
				if err != nil {
					t.Error(err)
				}
				results <- value
			}()
		}
		synctest.Wait()
		close(release)
		for range 16 {
			if value := <-results; value != 7 {
				t.Errorf("a caller got %d", value)
			}
		}
		if value, err := m.get(t.Context(), "key", always, ask); value != 7 || err != nil || asked != 1 {
			t.Errorf("it gives %d, %v after asking %d times", value, err, asked)
		}
	})
}

func TestMemoStopsARequestThatNobodyWaitsFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m memo[string, int]
		stopped := make(chan struct{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := m.get(ctx, "key", always, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			close(stopped)
			return 0, ctx.Err()
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller got %v", err)
		}
		<-stopped
		value, err := m.get(t.Context(), "key", always, func(context.Context) (int, error) { return 3, nil })
		if value != 3 || err != nil {
			t.Errorf("the next caller got %d, %v", value, err)
		}
	})
}

func TestMemoForgets(t *testing.T) {
	t.Parallel()
	var m memo[string, int]
	count := 0
	ask := func(context.Context) (int, error) {
		if count++; count == 1 {
			return 0, errors.New("no")
		}
		return count, nil
	}
	for _, step := range []struct {
		name   string
		before func()
		usable func(int) bool
		want   int
		fails  bool
	}{
		{"a failure comes out", func() {}, always, 0, true},
		{"and is not kept", func() {}, always, 2, false},
		{"a value is", func() {}, always, 2, false},
		{"until it is of no use", func() {}, func(value int) bool { return value > 2 }, 3, false},
		{"or forgotten", func() { m.forget("key") }, always, 4, false},
	} {
		step.before()
		if got, err := m.get(t.Context(), "key", step.usable, ask); got != step.want || (err != nil) != step.fails {
			t.Errorf("%s: it gives %d, %v", step.name, got, err)
		}
	}
}
