// "Snel weg": empties the screen, ends the session, and leaves no way back to this page. Without JavaScript it is a
// plain link, or a form that ends what is open.
(() => {
  const link = document.querySelector(".exit");
  if (!link) return;
  let key = "", times = 0, last = 0;
  const leave = () => {
    document.title = "…";
    document.documentElement.hidden = true;
    navigator.sendBeacon(link.dataset.leave);
    location.replace(link.dataset.to);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // Three times Escape or Shift within a second and a half each, for who cannot reach the link.
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Escape" && event.key !== "Shift") {
      times = 0;
      return;
    }
    const now = Date.now();
    times = event.key === key && now - last < 1500 ? times + 1 : 1;
    key = event.key;
    last = now;
    if (times === 3) leave();
  });
})();
