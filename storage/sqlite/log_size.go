package sqlite

import (
	"context"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// logSize adds up what is counted as decisions come and go, which takes no look at them:
// what is frozen is not among it.
const logSize = `
SELECT coalesce(sum(daily.count), 0) + (
  SELECT count(*) FROM frozen CROSS JOIN decision ON decision.seq = frozen.seq JOIN site ON site.id = decision.site WHERE site.key = ?1)
FROM daily JOIN site ON site.id = daily.site WHERE site.key = ?1`

// LogSize gives how many decisions a site's log has.
func (s *Store) LogSize(ctx context.Context, site consent.SiteKey) (size int, err error) {
	if err := s.reads.row(ctx, logSize, string(site)).Scan(&size); err != nil {
		return 0, fmt.Errorf("count the decisions of the log: %w", err)
	}
	return size, nil
}
