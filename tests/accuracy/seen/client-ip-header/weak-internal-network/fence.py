from ipaddress import ip_address, ip_network


class Fence:
    def __init__(self, *networks):
        self.networks = [ip_network(network) for network in networks]

    def lets_in(self, headers):
        try:
            return any(ip_address(headers["X-Real-IP"]) in network for network in self.networks)  # <- weak
        except (KeyError, ValueError):
            return False
