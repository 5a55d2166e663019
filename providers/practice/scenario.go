package practice

import (
	"fmt"
	"slices"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// Scenario is one fault that can be planted in the tenant, and what a good diagnosis says of it.
type Scenario struct {
	Name   string          `json:"name"`
	Cause  diagnosis.Cause `json:"cause"`  // empty for the healthy tenant
	Layer  providers.Layer `json:"layer"`  // where the cause lies
	Owner  diagnosis.Owner `json:"owner"`  // who mends it
	Routes []string        `json:"routes"` // the product's routes that meet it
	Title  string          `json:"-"`      // what is wrong, one sentence for a menu
	Mends  string          `json:"-"`      // who does what to mend it, one sentence
	// InBrowser marks a fault that is met only where the sign-in is made in a browser; the products'
	// routes mostly leave the choice of a device code.
	InBrowser bool `json:"-"`
	// PageOnly marks a fault that only the page in the browser tells: the program never hears of
	// it, and the person takes the page's text to explain.
	PageOnly bool `json:"-"`

	// plant changes a healthy state. It must give the same for the same time: the state is made
	// anew whenever a fault comes or goes.
	plant func(s *state, at time.Time)
}

// planting is a scenario in force since a time on the tenant's clock.
type planting struct {
	scenario Scenario
	at       time.Time
}

// Plant makes the scenario's fault true. Planting "healthy" changes nothing; planting again
// starts the scenario's time again.
func (t *Tenant) Plant(name string) error {
	scenario, err := find(name)
	if err != nil || scenario.plant == nil {
		return err
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.planted = append(unplanted(t.planted, name), planting{scenario, t.clock.now()})
	t.rebuild()
	return nil
}

// Repair mends the scenario's fault; other faults stay. A fault that is not there is no error.
func (t *Tenant) Repair(name string) error {
	if _, err := find(name); err != nil {
		return err
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.planted = unplanted(t.planted, name)
	t.rebuild()
	return nil
}

// Planted are the names of the faults in force, in the order of Scenarios.
func (t *Tenant) Planted() []string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	names := []string{}
	for _, scenario := range Scenarios() {
		if slices.ContainsFunc(t.planted, func(p planting) bool { return p.scenario.Name == scenario.Name }) {
			names = append(names, scenario.Name)
		}
	}
	return names
}

// rebuild makes the state from a healthy one and the faults in force. The table stands in the
// order root first, and is walked backwards: where two faults touch the same thing, the one nearer
// the root has the last word, and repairing it reveals the other.
func (t *Tenant) rebuild() {
	t.state = t.fixture.healthy()
	for _, scenario := range slices.Backward(Scenarios()) {
		for _, planted := range t.planted {
			if planted.scenario.Name == scenario.Name {
				scenario.plant(&t.state, planted.at)
			}
		}
	}
}

func find(name string) (Scenario, error) {
	table := Scenarios()
	i := slices.IndexFunc(table, func(s Scenario) bool { return s.Name == name })
	if i < 0 {
		return Scenario{}, fmt.Errorf("scenario %q is not known: choose one of the list that \"mailgrant practice --list\" prints", providers.Clean(name))
	}
	return table[i], nil
}

func unplanted(list []planting, name string) []planting {
	return slices.DeleteFunc(slices.Clone(list), func(p planting) bool { return p.scenario.Name == name })
}
