// Keeps the list of waiting orders fresh, without moving the focus when nothing has changed in it.
const list = document.getElementById("waiting");
const links = () => [...list.querySelectorAll("a")].map((link) => link.getAttribute("href")).join();

async function refresh() {
  const answer = await fetch(list.dataset.from);
  if (!answer.ok) return;
  const fresh = document.createElement("section");
  fresh.innerHTML = await answer.text(); // our own server's markup, escaped there
  const ages = [...fresh.querySelectorAll(".choice > span")];
  const freshLinks = [...fresh.querySelectorAll("a")].map((link) => link.getAttribute("href")).join();
  if (freshLinks === links()) {
    list.querySelectorAll(".choice > span").forEach((age, index) => (age.textContent = ages[index].textContent));
  } else {
    list.replaceChildren(...fresh.childNodes);
  }
}

setInterval(() => refresh().catch(() => undefined), 1000);
