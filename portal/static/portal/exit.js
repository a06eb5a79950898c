// "Snel weg": empties the screen, ends the session, and leaves no way back to this page. Without JavaScript it is a
// plain link, or a form that ends what is open.
(() => {
  const link = document.querySelector(".exit");
  if (!link) return;
  let key = "", times = 0, last = 0;
  const away = () => {
    document.title = "…";
    document.documentElement.hidden = true;
    location.replace(link.dataset.to);
  };
  // The pages before this one stay in the history; while this sign stands, each leads away again. It goes with the tab,
  // or when somebody comes here by another way than Back, and holds nothing of what was here.
  const sign = (change) => {
    try {
      return sessionStorage[change]("left", "");
    } catch {
      return null; // a browser that keeps nothing at all
    }
  };
  const leave = () => {
    navigator.sendBeacon(link.dataset.leave);
    sign("setItem");
    away();
  };
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (sign("getItem") !== null) back ? away() : sign("removeItem");
  addEventListener("pageshow", (event) => event.persisted && sign("getItem") !== null && away());
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
