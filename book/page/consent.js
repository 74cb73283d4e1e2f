// The question before code that is not the book's runs for the first time.

/**
 * Asks what the server wants asked; says whether the reader agrees.
 * @param {Figure} figure @param {Refused} said
 */
export async function agrees(figure, { consent }) {
  if (!consent) return false;
  const dialog = document.createElement("dialog");
  const sentence = document.createElement("p");
  sentence.textContent = consent;
  dialog.ariaLabel = "Before your edit runs";
  // Cancel has the focus: Enter must not agree to what was not read.
  dialog.innerHTML = `<strong>Before your edit runs</strong><button value="yes">Run my edits</button> <button value="" autofocus>Cancel</button>`;
  dialog.firstChild?.after(sentence);
  // mdBook's search would take Escape for itself.
  dialog.onkeydown = (event) => event.stopPropagation();
  dialog.onclick = ({ target }) => target instanceof HTMLButtonElement && dialog.close(target.value);
  figure.append(dialog);
  dialog.showModal();
  await new Promise((resolve) => (dialog.onclose = resolve));
  dialog.remove();
  if (!dialog.returnValue) return false;
  await server.post("/consent", {});
  return true;
}
