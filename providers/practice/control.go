package practice

import (
	"net"
	"net/http"
	"time"
)

// controlRoutes is the surface on which faults are planted and mended and the clock is moved, by
// people with curl and by tests. It is plain HTTP and for this computer only.
func (t *Tenant) controlRoutes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /{$}", t.showControl)
	routes.HandleFunc("POST /{$}", t.changeControl)
	routes.HandleFunc("GET /certificate.pem", t.giveCertificate)
	// A web page elsewhere could reach a loopback port through the browser: by posting a form, or
	// by a name of its own that resolves to 127.0.0.1.
	return loopbackOnly(http.NewCrossOriginProtection().Handler(routes))
}

func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "The control address answers on 127.0.0.1 and localhost only.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// controlAnswer is what POST answers with; GET adds the log.
type controlAnswer struct {
	Planted  []string   `json:"planted"`
	Now      time.Time  `json:"now"`
	Requests *[]Request `json:"requests,omitempty"`
}

func (t *Tenant) showControl(w http.ResponseWriter, _ *http.Request) {
	requests := t.journal.list()
	writeJSON(w, http.StatusOK, controlAnswer{Planted: t.Planted(), Now: t.clock.now(), Requests: &requests})
}

// giveCertificate hands out what Certificate does, to programs that are not in this process.
func (t *Tenant) giveCertificate(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/x-pem-file")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(t.Certificate()) // the client has gone; nobody is left to tell
}

// maxAdvance keeps the clock within what a time can hold.
const maxAdvance = 10 * 365 * 24 * time.Hour

// changeControl does everything that the form asks for, or nothing if a part of it makes no sense.
func (t *Tenant) changeControl(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form cannot be read: send plant=NAME, repair=NAME or advance=30s.", http.StatusBadRequest)
		return
	}
	plant, repair, advance := r.PostForm["plant"], r.PostForm["repair"], r.PostForm["advance"]
	if len(plant)+len(repair)+len(advance) == 0 {
		http.Error(w, "The form asks for nothing: send plant=NAME, repair=NAME or advance=30s.", http.StatusBadRequest)
		return
	}
	for _, name := range append(append([]string{}, plant...), repair...) {
		if _, err := find(name); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	var total time.Duration
	for _, text := range advance {
		step, err := time.ParseDuration(text)
		if err != nil || step <= 0 || step > maxAdvance || total > maxAdvance-step {
			http.Error(w, "The clock moves forward only, by a duration such as 30s or 2h.", http.StatusBadRequest)
			return
		}
		total += step
	}
	for _, name := range repair {
		_ = t.Repair(name) // the name was checked
	}
	for _, name := range plant {
		_ = t.Plant(name)
	}
	if total > 0 {
		t.Advance(total)
	}
	writeJSON(w, http.StatusOK, controlAnswer{Planted: t.Planted(), Now: t.clock.now()})
}
