package microsoft

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// slowDown is what each "slow_down" adds to the interval: RFC 8628 section 3.5.
const slowDown = 5 * time.Second

// pace keeps the polls for one device code apart as far as the service wants it. MSAL polls after
// 50 ms, 150 ms and so on, whatever the service says, and gives up at the first fault.
type pace struct {
	interval time.Duration
	next     time.Time
	trouble  error // how the latest poll failed, when it was the network or an ill service
}

// start begins to count when the code was given out.
func (p *pace) start(interval time.Duration) {
	p.interval = interval
	p.next = time.Now().Add(interval)
}

// wait returns when the next poll is due, or when ctx ends.
func (p *pace) wait(ctx context.Context) error {
	timer := time.NewTimer(time.Until(p.next))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// after notes how a poll ended, and reports whether polling goes on.
func (p *pace) after(refused *providers.AuthorityError, err error) bool {
	p.trouble = nil
	wait := time.Duration(0)
	switch {
	case err != nil:
		if !passing(err) {
			return false
		}
		p.trouble = err
		var slow net.Error
		if errors.As(err, &slow) && slow.Timeout() { // RFC 8628 section 3.5 wants fewer polls then
			p.interval = min(2*p.interval, mostInterval)
		}
	case refused.Code == "authorization_pending":
	case refused.Code == "slow_down":
		p.interval += slowDown
	case ill(refused):
		p.trouble = refused
		wait = refused.RetryAfter
	default:
		return false
	}
	p.next = time.Now().Add(max(p.interval, wait))
	return true
}

// passing reports whether trouble on the way may pass by itself. A certificate does not, nor does
// a proxy that wants a password.
func passing(err error) bool {
	var proxy *providers.AuthorityError
	if errors.As(err, &proxy) {
		return ill(proxy)
	}
	var stage *providers.StageError
	return errors.As(err, &stage) && stage.Stage != providers.StageTLS
}

// ill reports whether an answer speaks of the service's health and not of the request.
func ill(refused *providers.AuthorityError) bool {
	return refused.Status >= 500 || refused.Status == 429 || refused.Status == 408 ||
		refused.Code == "temporarily_unavailable" || refused.Code == "server_error"
}
