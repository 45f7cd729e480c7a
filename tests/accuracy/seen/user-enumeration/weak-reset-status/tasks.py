from queue import Queue

OUTBOX = Queue()


def queue_mail(address, template, **values):
    OUTBOX.put({"to": address, "template": template, "values": values})
