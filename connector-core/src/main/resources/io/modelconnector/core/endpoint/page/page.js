(() => {
  'use strict';
  // Everything works without this. It only spares the reader a key stroke, and some copying by hand.

  const form = document.querySelector('form[data-live]');
  if (form) {
    let waiting = 0;
    let asked = null;

    const search = async () => {
      if (asked) asked.abort();
      const current = asked = new AbortController();
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value) fields.append(name, value);
      const query = fields.toString();
      const link = query ? '?' + query : './';
      try {
        const answer = await fetch(link, { headers: { Accept: 'text/html' }, signal: current.signal });
        if (!answer.ok) return;
        const found = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const results = document.getElementById('results');
        const fresh = found.getElementById('results');
        if (!fresh || current.signal.aborted) return;
        results.replaceWith(document.adoptNode(fresh));
        document.getElementById('count').textContent = found.getElementById('count').textContent;
        history.replaceState(null, '', link);
      } catch (failure) {
        // Interrupted by the next key, or the server is gone: what is shown stays, and the button is still there.
      }
    };

    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 200);
    });
  }

  if (navigator.clipboard) {
    for (const path of document.querySelectorAll('details > .path')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy address';
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(path.querySelector('a').href);
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy address'; }, 2000);
      });
      path.append(' ', button);
    }
  }
})();
