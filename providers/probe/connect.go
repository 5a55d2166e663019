package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// maxAddresses is how many addresses of one host are tried. Microsoft's and Google's names have
// a dozen, all of the same service.
const maxAddresses = 4

// resolve finds the host's addresses: the layer dns.
func (t *test) resolve(ctx context.Context) ([]string, error) {
	server := t.attempt.Server
	if _, err := netip.ParseAddr(server.Host); err == nil {
		t.skip(providers.LayerDNS, server.Host+" is an address already")
		return []string{server.Host}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, t.prober.Patience)
	defer cancel()
	addresses, err := t.prober.Resolve(ctx, server.Host)
	if err == nil && len(addresses) == 0 {
		err = &net.DNSError{Err: "no address", Name: server.Host, IsNotFound: true}
	}
	if err != nil {
		return nil, t.trouble(providers.StageResolve, err)
	}
	shown := addresses[:min(len(addresses), 3)]
	t.pass(providers.LayerDNS, t.ledger.lap(), fmt.Sprintf("%s: %s", count(len(addresses), "address", "addresses"), strings.Join(shown, ", ")))
	return addresses, nil
}

// dial connects to the first address that answers.
func (t *test) dial(ctx context.Context, addresses []string) (net.Conn, string, error) {
	addresses = alternate(addresses)
	addresses = addresses[:min(len(addresses), maxAddresses)]
	ctx, cancel := context.WithTimeout(ctx, t.prober.Patience)
	defer cancel()
	var failures []error
	for i, address := range addresses {
		target := net.JoinHostPort(address, t.attempt.Server.Port)
		conn, err := t.dialOne(ctx, target, len(addresses)-i)
		if err == nil {
			return conn, target, nil
		}
		failures = append(failures, err)
	}
	return nil, "", t.trouble(providers.StageConnect, errors.Join(failures...))
}

// dialOne leaves a fair share of the patience to the addresses after this one.
func (t *test) dialOne(ctx context.Context, target string, left int) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, t.prober.Patience/time.Duration(left))
	defer cancel()
	return t.prober.Dial(ctx, "tcp", target)
}

// alternate orders addresses so that the two families take turns, beginning with the first's:
// where one of them leads nowhere, the second attempt is already of the other one.
func alternate(addresses []string) []string {
	var families [2][]string
	if len(addresses) == 0 {
		return nil
	}
	first := strings.Contains(addresses[0], ":")
	for _, address := range addresses {
		family := 0
		if strings.Contains(address, ":") != first {
			family = 1
		}
		families[family] = append(families[family], address)
	}
	ordered := make([]string, 0, len(addresses))
	for i := range addresses {
		for _, family := range families {
			if i < len(family) {
				ordered = append(ordered, family[i])
			}
		}
	}
	return ordered
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
