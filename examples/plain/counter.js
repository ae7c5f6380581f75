// What waits for consent: counts this browser's visits for thirty days.
const before = document.cookie.match(/(?:^|; )visits=(\d+)/)
const visits = Number(before?.[1] ?? 0) + 1
document.cookie = `visits=${visits}; path=/; max-age=2592000; SameSite=Lax`
document.getElementById('visits').textContent = visits
